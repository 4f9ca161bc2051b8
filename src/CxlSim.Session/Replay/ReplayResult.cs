using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>What came of a replay.</summary>
public sealed record ReplayResult
{
    /// <summary>How many events there were.</summary>
    public required long Events { get; init; }

    /// <summary>Of the trace.</summary>
    public required string Hash { get; init; }

    /// <summary>What is not as it was recorded, and where; null where nothing is.</summary>
    public required string? Difference { get; init; }

    public required IReadOnlyList<StepOutcome> Steps { get; init; }

    public required IReadOnlyList<PlacementCheck> Checks { get; init; }
}
