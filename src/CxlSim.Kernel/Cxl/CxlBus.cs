using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The cxl bus type (<c>cxl_bus_type</c> in <c>drivers/cxl/core/port.c</c>).</summary>
public sealed class CxlBus(KernelCore core) : Bus(core, "cxl")
{
    /// <summary>Tools write 1 before they look, so that work of the bus that is queued is done; here work is done before its write returns.</summary>
    private static readonly AttributeGroup Attributes = new(
        new KAttribute<CxlBus>("flush", FileMode.S0200, null, (_, value) => Kstrto.Trim(value) == "1" ? Errno.Ok : Errno.EINVAL, null) { OnlyWaits = true });

    public override IReadOnlyList<AttributeGroup> Groups => [.. base.Groups, Attributes];

    /// <summary>As <c>cxl_bus_probe</c> says it.</summary>
    protected override void OnProbed(Device device, Errno error) => Core.Log.Debug(device, $"probe: {-(int)error}");
}
