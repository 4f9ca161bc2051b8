using System.Globalization;
using CxlSim.Engine;
using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>What a workload got, where its time went, and what held it up.</summary>
public sealed record WorkloadReport
{
    /// <summary>From this share on something is the limit.</summary>
    private const double Full = 0.95;

    public required WorkloadPlan Plan { get; init; }

    /// <summary>Measured time.</summary>
    public required SimDuration Span { get; init; }

    /// <summary>Of all reads.</summary>
    public required LatencyHistogram Reads { get; init; }

    public required LatencyHistogram Writes { get; init; }

    /// <summary>10^6 bytes per second, reads and writes together.</summary>
    public required double MegabytesPerSecond { get; init; }

    /// <summary>Arrivals that found too many under way.</summary>
    public required long TurnedAway { get; init; }

    public required IReadOnlyList<LatencyPart> Parts { get; init; }

    /// <summary>The busiest first; what did nothing is left out.</summary>
    public required IReadOnlyList<ResourceLoad> Resources { get; init; }

    /// <summary>An address that nothing answers, where the workload ended; null for none.</summary>
    public required Core.Hpa? Unanswered { get; init; }

    /// <summary>What more threads would wait for, in words.</summary>
    public string Limit => Resources is [{ Busy: >= Full } busiest, ..] ? busiest.Name
        : Resources.FirstOrDefault(resource => resource.CreditStalls > 0) is { } starved ? $"credits of {starved.Name}"
        : TurnedAway > 0 ? "the most lines that may be under way"
        : Plan.Kind == WorkloadKind.Open ? "the arrivals themselves"
        : Plan.Kind == WorkloadKind.Trace ? "the trace itself"
        : "the threads: none of the queues is full";

    internal static WorkloadReport Of(WorkloadPlan plan, TrafficRun run)
    {
        LatencyHistogram reads = new();
        LatencyHistogram writes = new();
        foreach (TrafficSource source in run.Sources)
        {
            reads.Add(source.Meter.Reads);
            writes.Add(source.Meter.Writes);
        }

        return new WorkloadReport
        {
            Plan = plan,
            Span = run.Span,
            Reads = reads,
            Writes = writes,
            MegabytesPerSecond = run.Bandwidth / 1e6,
            TurnedAway = run.Sources.Sum(source => source.Meter.TurnedAway),
            Parts = LatencyParts.Of(run, reads.Count),
            Resources = ResourcesOf(run),
            Unanswered = run.Sources.Select(source => source.Unanswered).FirstOrDefault(address => address is not null),
        };
    }

    private static IReadOnlyList<ResourceLoad> ResourcesOf(TrafficRun run)
    {
        List<ResourceLoad> all = [];
        foreach (LinkLoad load in run.Links)
        {
            all.Add(new ResourceLoad($"link of {load.Link.Parameters.Name}, down", load.Down, load.Link.Down.CreditStalls));
            all.Add(new ResourceLoad($"link of {load.Link.Parameters.Name}, up", load.Up, load.Link.Up.CreditStalls));
        }

        double span = Math.Max(run.Span.Picoseconds, 1);
        foreach (MemoryEnd memory in run.Machine.Memories)
        {
            long lines = memory.Reads.Count + memory.Writes.Count;
            all.Add(new ResourceLoad($"controller of {memory.Name}", Math.Min(lines * memory.Every.Picoseconds / span, 1), 0));
            if (memory.Media.Load is { } media)
            {
                all.Add(new ResourceLoad($"data buses of {memory.Name}", Math.Min(media.BusPs / span, 1), 0));
                int hits = (int)Math.Round(100.0 * media.RowHits / Math.Max(media.Accesses, 1));
                all.Add(new ResourceLoad(string.Create(CultureInfo.InvariantCulture, $"busiest bank of {memory.Name}, {hits} % row hits"), Math.Min(media.BankPs / span, 1), 0));
            }
        }

        return [.. all.Where(resource => resource.Busy > 0).OrderByDescending(resource => resource.Busy)];
    }
}
