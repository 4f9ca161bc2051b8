namespace CxlSim.Hdm;

/// <summary>What is wrong with a committed decoder or a window.</summary>
public enum RouteFaultKind
{
    /// <summary>Ways or granularity have no such code, or a window has a number of targets that has none.</summary>
    IllegalEncoding,

    /// <summary>The range is empty or ends past the last address.</summary>
    ImpossibleRange,

    /// <summary>A port's decoder has more ways than its target list has bytes.</summary>
    TooManyTargets,

    /// <summary>A position of the target list names a port that is not there, or behind which nothing is.</summary>
    NoSuchTarget,

    /// <summary>An XOR window has fewer maps than its ways need.</summary>
    MissingXorMaps,

    /// <summary>Its range overlaps that of a decoder of the same component, or of another window.</summary>
    Overlap,

    /// <summary>Its share ends past the device's capacity.</summary>
    PastCapacity,
}
