using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Loads modules by name: each registers its drivers (<c>modprobe</c>). What is built into Debian's kernel is loaded with the first that needs it.</summary>
public sealed class ModuleLoader(LinuxKernel kernel)
{
    private readonly HashSet<string> _loaded = [];

    /// <summary>ENOENT for a module that this kernel does not have; loading twice is success.</summary>
    public async SimTask<Errno> LoadAsync(string name)
    {
        if (!_loaded.Add(name))
        {
            return Errno.Ok;
        }

        using FrameScope frame = kernel.Simulation.Enter("do_init_module", name);
        switch (name)
        {
            case "cxl_acpi":
                await LoadAsync("cxl_port"); // ports must find their driver as soon as they appear
                await kernel.PlatformBus.RegisterAsync(new CxlAcpiDriver(kernel));
                break;
            case "cxl_port":
                await kernel.Cxl.Bus.RegisterAsync(new CxlPortDriver(kernel));
                await kernel.Cxl.Bus.RegisterAsync(new CxlRegionDriver(kernel)); // part of cxl_core
                break;
            case "cxl_pci":
                await kernel.PciBus.RegisterAsync(new CxlPciDriver(kernel));
                break;
            case "cxl_mem":
                await kernel.Cxl.Bus.RegisterAsync(new CxlMemDriver(kernel));
                break;
            case "cxl_pmem":
                await kernel.Cxl.Bus.RegisterAsync(new NvdimmBridgeDriver(kernel));
                break;
            case "dax_cxl":
                await kernel.Cxl.Bus.RegisterAsync(new CxlDaxRegionDriver(kernel));
                break;
            case "device_dax":
                await kernel.Dax.Bus.RegisterAsync(new DeviceDaxDriver(kernel));
                break;
            case "kmem":
                await kernel.Dax.Bus.RegisterAsync(new KmemDriver(kernel));
                break;
            case "dax_hmem":
                await kernel.PlatformBus.RegisterAsync(new HmemDriver(kernel));
                await kernel.PlatformBus.RegisterAsync(new HmemPlatformDriver(kernel));
                break;
            default:
                _loaded.Remove(name);
                kernel.Log.Warning($"modprobe: module {name} not found");
                return Errno.ENOENT;
        }

        return Errno.Ok;
    }
}
