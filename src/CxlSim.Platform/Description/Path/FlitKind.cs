namespace CxlSim.Platform;

/// <summary>How a link's messages travel (CXL r3.1 4.2, 4.3).</summary>
public enum FlitKind
{
    Bytes68,
    Bytes256,
    LatencyOptimized256,
}
