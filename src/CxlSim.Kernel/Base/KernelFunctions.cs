namespace CxlSim.Kernel;

/// <summary>Where Linux has the functions that the model opens frames for.</summary>
public static class KernelFunctions
{
    private const string Hotplug = "mm/memory_hotplug.c";
    private const string Modules = "kernel/module/main.c";
    private const string Pmem = "drivers/cxl/pmem.c";
    private const string Port = "drivers/cxl/port.c";
    private const string Region = "drivers/cxl/core/region.c";

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["__do_sys_delete_module"] = Modules,
        ["acpi_pci_root_add"] = "drivers/acpi/pci_root.c",
        ["add_memory_driver_managed"] = Hotplug,
        ["aer_isr_one_error"] = "drivers/pci/pcie/aer.c",
        ["commit_store"] = Region,
        ["create_region_store"] = Region,
        ["cxl_acpi_probe"] = "drivers/cxl/acpi.c",
        ["cxl_add_to_region"] = Region,
        ["cxl_dax_region_probe"] = "drivers/dax/cxl.c",
        ["cxl_decoder_commit"] = "drivers/cxl/core/hdm.c",
        ["cxl_endpoint_port_probe"] = Port,
        ["cxl_mem_probe"] = "drivers/cxl/mem.c",
        ["cxl_mock_mem_probe"] = "tools/testing/cxl/test/mem.c",
        ["cxl_nvdimm_probe"] = Pmem,
        ["cxl_pci_probe"] = "drivers/cxl/pci.c",
        ["cxl_pmem_region_probe"] = Pmem,
        ["cxl_region_attach"] = Region,
        ["cxl_region_detach"] = Region,
        ["cxl_region_probe"] = Region,
        ["cxl_switch_port_probe"] = Port,
        ["dax_hmem_probe"] = "drivers/dax/hmem/hmem.c",
        ["delete_region_store"] = Region,
        ["dev_dax_kmem_probe"] = "drivers/dax/kmem.c",
        ["dev_dax_probe"] = "drivers/dax/device.c",
        ["devm_cxl_enumerate_decoders"] = "drivers/cxl/core/hdm.c",
        ["do_init_module"] = Modules,
        ["dpa_size_store"] = "drivers/cxl/core/port.c",
        ["fsdev_dax_probe"] = "drivers/dax/fsdev.c",
        ["memory_block_offline"] = "drivers/base/memory.c",
        ["memory_block_online"] = "drivers/base/memory.c",
        ["pci_reset_function"] = "drivers/pci/pci.c",
        ["pci_rescan_bus"] = "drivers/pci/probe.c",
        ["pci_stop_and_remove_bus_device"] = "drivers/pci/remove.c",
        ["pcie_do_recovery"] = "drivers/pci/pcie/err.c",
        ["pciehp_disable_slot"] = "drivers/pci/hotplug/pciehp_ctrl.c",
        ["pciehp_enable_slot"] = "drivers/pci/hotplug/pciehp_ctrl.c",
        ["remove_memory"] = Hotplug,
        ["size_store"] = Region,
        ["store_targetN"] = Region,
        ["unregister_region"] = Region,
    };

    /// <summary>The file of Linux's sources; null for a function that the model does not enter.</summary>
    public static string? FileOf(string function) => Files.GetValueOrDefault(function);
}
