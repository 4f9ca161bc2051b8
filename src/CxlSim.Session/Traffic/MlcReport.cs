using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>What was asked of <see cref="MlcRun"/>; a table that nobody asked for is empty.</summary>
public sealed record MlcReport
{
    public required string Platform { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Traffic threads, beside the one that measures latency.</summary>
    public required int Threads { get; init; }

    public required Socket From { get; init; }

    public required TrafficTarget To { get; init; }

    /// <summary>Rows of matrices.</summary>
    public required IReadOnlyList<Socket> Sockets { get; init; }

    /// <summary>Columns of matrices.</summary>
    public required IReadOnlyList<TrafficTarget> Targets { get; init; }

    /// <summary>Nanoseconds, by row and column; null where something does not answer.</summary>
    public IReadOnlyList<IReadOnlyList<double?>> Idle { get; init; } = [];

    /// <summary>10^6 bytes per second of reads, by row and column; null where something does not answer.</summary>
    public IReadOnlyList<IReadOnlyList<double?>> Bandwidths { get; init; } = [];

    /// <summary>Columns of matrices that have no figures.</summary>
    public IEnumerable<TrafficTarget> Unanswered => Targets.Where((_, column) => Idle.Concat(Bandwidths).Any(row => row[column] is null));

    public IReadOnlyList<MixBandwidth> Mixes { get; init; } = [];

    public IReadOnlyList<LoadCurve> Curves { get; init; } = [];

    /// <summary>What the kernel says of nodes, beside what was measured.</summary>
    public IReadOnlyList<CoordinateRow> Coordinates { get; init; } = [];
}
