namespace CxlSim.Benchmarks;

/// <summary>How far ahead an event is scheduled again.</summary>
public enum IncrementKind
{
    /// <summary>Many soon, few late: the classic case of the hold model.</summary>
    Exponential,

    /// <summary>Every distance up to a limit alike.</summary>
    Uniform,
}
