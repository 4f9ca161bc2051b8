namespace CxlSim.Cli;

/// <summary>What <c>cxlsim test</c> was asked for.</summary>
/// <param name="Paths">Scenario files, and folders of such.</param>
internal sealed record TestOptions(IReadOnlyList<string> Paths)
{
    /// <summary>A part of a file's path or a case's name, or a /regular expression/; null for all.</summary>
    public string? Filter { get; init; }

    public required Shard Shard { get; init; }

    public required ReportFiles Reports { get; init; }

    /// <summary>How often each case runs, at least 1.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>The seed of the first time, one more for each; null for the scenario's own.</summary>
    public ulong? Seed { get; init; }

    public bool FailFast { get; init; }

    public bool List { get; init; }

    /// <summary>Snapshots become what is found.</summary>
    public bool Update { get; init; }

    /// <summary>Where failures leave their recordings.</summary>
    public required string Records { get; init; }

    /// <summary>Cases at once.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;
}
