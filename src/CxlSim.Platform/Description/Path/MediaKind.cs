namespace CxlSim.Platform;

/// <summary>What holds lines.</summary>
public enum MediaKind
{
    /// <summary>The same time for each access, never busy.</summary>
    Fixed,
    Ddr4At3200,
    Ddr5At4800,
}
