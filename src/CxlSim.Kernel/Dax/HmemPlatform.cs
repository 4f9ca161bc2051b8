using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>The soft-reserved ranges that the boot found, waiting for dax_hmem (<c>drivers/dax/hmem/device.c</c>).</summary>
public sealed class HmemPlatform() : Device("hmem_platform.0")
{
    public List<(AddressRange Range, int TargetNode)> Ranges { get; } = [];

    public override IEnumerable<string> UeventLines => ["MODALIAS=platform:hmem_platform"];
}
