namespace CxlSim.Benchmarks;

/// <summary>How far ahead an event is scheduled again.</summary>
public enum IncrementKind
{
    /// <summary>Every distance up to a limit alike.</summary>
    Uniform,

    /// <summary>Nine of ten soon, one a hundred times as late.</summary>
    Bimodal,

    /// <summary>Every order of magnitude alike, over nine of them.</summary>
    Skewed,
}
