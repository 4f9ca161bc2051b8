namespace CxlSim.Timing;

/// <summary>How slots travel (CXL r3.1 4.2, 4.3).</summary>
public enum FlitMode
{
    /// <summary>68-byte flits: up to 32 GT/s.</summary>
    Flit68,

    /// <summary>256-byte flits, standard: from 64 GT/s on, and below where both sides have them.</summary>
    Flit256,

    /// <summary>256-byte flits whose halves are checked each for itself, so that the first need not wait for the second.</summary>
    LatencyOptimized256,
}
