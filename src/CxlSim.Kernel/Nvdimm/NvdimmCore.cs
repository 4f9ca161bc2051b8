namespace CxlSim.Kernel;

/// <summary>What libnvdimm's objects share (<c>drivers/nvdimm/bus.c</c>, <c>dimm_devs.c</c>). Drivers of its bus, labels and namespaces are not modelled.</summary>
public sealed class NvdimmCore(KernelCore core)
{
    private Bus? _bus;

    /// <summary>/sys/bus/nd: there from its first use on.</summary>
    public Bus Bus => _bus ??= new Bus(core, "nd");

    /// <summary>dimms are numbered by themselves, whatever stands behind them.</summary>
    public IdAllocator DimmIds { get; } = new();

    public IdAllocator BusIds { get; } = new();
}
