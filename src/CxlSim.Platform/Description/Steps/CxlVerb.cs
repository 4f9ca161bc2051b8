namespace CxlSim.Platform;

/// <summary>What the tool cxl can do to regions, memory devices and ports, and what a write to one of their attributes does.</summary>
public enum CxlVerb
{
    DestroyRegion,
    EnableRegion,
    DisableRegion,
    EnableMemdev,
    DisableMemdev,
    EnablePort,
    DisablePort,
    ReserveDpa,
    FreeDpa,
    SetPartition,

    /// <summary>A write to <c>inject_poison</c> in debugfs.</summary>
    InjectPoison,

    /// <summary>A write to <c>clear_poison</c> in debugfs.</summary>
    ClearPoison,

    /// <summary>A write to <c>security/sanitize</c>.</summary>
    Sanitize,
}
