namespace CxlSim.Kernel;

/// <summary>The modules around CXL of Debian's 6.12: sizes and ties as its <c>lsmod</c> shows them; what that does not list is built in.</summary>
public static class ModuleTable
{
    /// <summary>For a kernel, whose buses the drivers join. What is built in stands in the order of its initcalls.</summary>
    public static IReadOnlyList<ModuleImage> Of(LinuxKernel kernel) =>
    [
        new("memory_hotplug")
        {
            Parameters =
            [
                ModuleParameter.Bool("auto_movable_numa_aware", "Y"),
                ModuleParameter.UInt("auto_movable_ratio", "301"),
                ModuleParameter.Bool("memmap_on_memory", "N", "force"),
                ModuleParameter.Word("online_policy", "contig-zones", "contig-zones", "auto-movable"),
            ],
        },
        new("dax"),
        new("cxl_core")
        {
            Parameters = [ModuleParameter.UInt("media_ready_timeout", "60", ushort.MaxValue)],
            Drivers = _ => [(kernel.Cxl.Bus, new CxlRegionDriver(kernel.Cxl))],
        },
        new("cxl_port") { Drivers = _ => [(kernel.Cxl.Bus, new CxlPortDriver(kernel.Cxl))] },
        new("libnvdimm", 241664),
        new("cxl_acpi", 24576)
        {
            Uses = Tied(kernel, "cxl_pmem"),
            LoadedBefore = ["cxl_port"], // a bridge's port must find its driver as soon as it appears
            Drivers = _ => [(kernel.PlatformBus, new CxlAcpiDriver(kernel.Cxl, kernel.Tables))],
        },
        new("cxl_pci", 28672)
        {
            Uses = Tied(kernel, "cxl_mem"),
            Parameters = [ModuleParameter.UInt("mbox_ready_timeout", "60", ushort.MaxValue)],
            Drivers = parameters => [(kernel.PciBus, new CxlPciDriver(kernel.Cxl, kernel.Modules, parameters))],
        },
        new("cxl_mem", 12288) { LoadedBefore = ["cxl_port"], Drivers = _ => [(kernel.Cxl.Bus, new CxlMemDriver(kernel.Cxl))] },
        new("cxl_pmem", 24576)
        {
            Uses = ["libnvdimm"],
            Drivers = _ =>
            [
                (kernel.Cxl.Bus, new NvdimmBridgeDriver(kernel.Cxl, kernel.Nvdimm)),
                (kernel.Cxl.Bus, new CxlNvdimmDriver(kernel.Core, kernel.Nvdimm)),
                (kernel.Cxl.Bus, new CxlPmemRegionDriver(kernel.Cxl, kernel.Nvdimm)),
            ],
        },
        new("dax_cxl", 12288)
        {
            Option = "DEV_DAX_CXL",
            Uses = kernel.Config.IsEnabled("DEV_DAX_HMEM") ? Tied(kernel, "dax_hmem") : [],
            DriversWaitFor = kernel.Config.Has(KernelChange.SoftReservedDecidedLate) ? kernel.Hmem.FlushAsync : null, // what dax_hmem takes, no region gets
            Drivers = _ => [(kernel.Cxl.Bus, new CxlDaxRegionDriver(kernel.Cxl, kernel.Dax))],
        },
        new("device_dax", 20480) { Drivers = _ => [(kernel.Dax.Bus, new DeviceDaxDriver(kernel.Dax))] },
        new("fsdev_dax", 16384)
        {
            Option = "DEV_DAX_FSDEV",
            Drivers = _ => kernel.Config.Has(KernelChange.FsdevDriver) ? [(kernel.Dax.Bus, new FsdevDaxDriver(kernel.Dax))] : [],
        },
        new("kmem", 12288) { Option = "DEV_DAX_KMEM", Drivers = _ => [(kernel.Dax.Bus, new KmemDriver(kernel.Dax))] },
        new("dax_hmem", 16384)
        {
            Option = "DEV_DAX_HMEM",
            LoadedBefore = ["cxl_acpi"], // else it would take what lies in CXL windows
            Parameters = [ModuleParameter.Bool("region_idle", "N")],
            Drivers = parameters => [(kernel.PlatformBus, new HmemPlatformDriver(kernel.Cxl, kernel.Hmem)), (kernel.PlatformBus, new HmemDriver(kernel.Dax, parameters))],
        },
        new("nd_btt", 36864) { Uses = ["libnvdimm"] },
        new("nd_pmem", 24576) { Uses = ["libnvdimm", "nd_btt"] },

        // Of tools/testing/cxl: no distribution builds them, and their sizes are assumed.
        new("cxl_mock", 20480) { Option = KernelConfig.CxlTest },
        new("cxl_mock_mem", 32768) { Option = KernelConfig.CxlTest, Drivers = _ => [(kernel.PlatformBus, new MockMemDriver(kernel.Cxl))] },
        new("cxl_test", 45056)
        {
            Option = KernelConfig.CxlTest,
            Uses = ["cxl_mock", "cxl_acpi", "cxl_pmem", "cxl_mem"],
            Parameters = [ModuleParameter.Int("interleave_arithmetic", "0")],
            Work = parameters => new CxlTestModule(kernel.Core, kernel.Tracing, kernel.Modules, parameters),
        },
    ];

    private static string[] Tied(LinuxKernel kernel, string module) => kernel.Config.Has(KernelChange.DriversTied) ? [module] : [];
}
