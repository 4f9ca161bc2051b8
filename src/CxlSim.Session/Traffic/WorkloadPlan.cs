using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>Traffic that a user describes.</summary>
public sealed record WorkloadPlan
{
    public required Socket From { get; init; }

    /// <summary>Where the memory is that threads use; with several, pages are spread over them by <see cref="Weights"/>.</summary>
    public required IReadOnlyList<TrafficTarget> To { get; init; }

    /// <summary>Pages of each target in a round; empty with one target.</summary>
    public IReadOnlyList<uint> Weights { get; init; } = [];

    public required WorkloadKind Kind { get; init; }

    public required int Threads { get; init; }

    /// <summary>Lines of each thread under way; of an open workload, the most.</summary>
    public required int Outstanding { get; init; }

    /// <summary>Share of reads, 0 to 1.</summary>
    public double Reads { get; init; } = 1;

    public AccessPattern Pattern { get; init; }

    /// <summary>Of a closed workload.</summary>
    public SimDuration Pause { get; init; }

    /// <summary>Of an open workload: bytes per second of all threads together.</summary>
    public double Rate { get; init; }

    /// <summary>Of a mix.</summary>
    public TrafficMix Mix { get; init; } = TrafficMix.All[0];

    /// <summary>Of a mix: MLC's injected delay.</summary>
    public int Delay { get; init; }

    /// <summary>Of a trace, in the order of time.</summary>
    public IReadOnlyList<TraceEntry> Trace { get; init; } = [];

    /// <summary>Not counted.</summary>
    public SimDuration Before { get; init; } = SimDuration.Microseconds(20);

    public SimDuration Span { get; init; } = SimDuration.Microseconds(200);

    /// <summary>The memory as threads see it.</summary>
    public AddressPool Pool => Weights.Count == 0
        ? new AddressPool([.. To.SelectMany(target => target.Ranges)], [])
        : new AddressPool([.. To.Select(target => target.Longest)], Weights);
}
