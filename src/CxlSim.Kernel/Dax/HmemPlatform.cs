namespace CxlSim.Kernel;

/// <summary>Stands for all ranges that wait for dax_hmem (<c>drivers/dax/hmem/device.c</c>).</summary>
public sealed class HmemPlatform() : Device("hmem_platform.0")
{
    /// <summary>Whether ranges in CXL windows wait for devices to be probed.</summary>
    public bool IsWaiting { get; internal set; }

    /// <summary>Whether they have been decided: that happens once in a boot.</summary>
    public bool IsDecided { get; internal set; }

    public override IEnumerable<string> UeventLines => ["MODALIAS=platform:hmem_platform"];
}
