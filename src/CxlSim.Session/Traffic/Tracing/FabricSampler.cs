using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Timing;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Looks at links and memories every so often, by events of the machine's own clock, until what was measured is over and nothing is under way.</summary>
/// <remarks>Where that takes longer than was thought, every second sample is forgotten and the next ones come half as often.</remarks>
internal sealed class FabricSampler : SimHandler
{
    private const int Steps = 400;
    private const int Most = 2 * Steps;

    private readonly MachineFabric _machine;
    private readonly LinkQueue[] _directions;
    private List<FabricSample> _samples = [];
    private readonly SimTime _end;
    private SimDuration _every;

    /// <param name="machine">Which is looked at; now for the first time.</param>
    /// <param name="span">How long will be measured.</param>
    public FabricSampler(MachineFabric machine, SimDuration span)
    {
        _machine = machine;
        _directions = [.. machine.Links.SelectMany(link => new[] { link.Down, link.Up })];
        _end = Simulation.Now + span;
        _every = new SimDuration(Math.Max(span.Picoseconds / Steps, 1000));
        Look();
    }

    private Simulation Simulation => _machine.Fabric.Simulation;

    public IReadOnlyList<TrackProcess> ToTracks() =>
    [
        new TrackProcess("links", [], [.. _machine.Links.SelectMany((link, index) => Direction($"{link.Parameters.Name}, down", 2 * index).Concat(Direction($"{link.Parameters.Name}, up", (2 * index) + 1)))]),
        new TrackProcess("memories", [], [.. _machine.Memories.Select((memory, index) => new TrackCounter($"{memory.Name}: GB/s", ["reads", "writes"], Steady(2, (from, to) =>
            [Rate(from, to, sample => sample.Reads[index]), Rate(from, to, sample => sample.Writes[index])])))]),
    ];

    protected override void Handle(ulong argument)
    {
        if (Simulation.Now > _end && _machine.Fabric.UnderWay == 0)
        {
            return;
        }

        if (_samples.Count == Most)
        {
            _samples = [.. _samples.Where((_, index) => index % 2 == 0)];
            _every *= 2;
        }

        Look();
    }

    private void Look()
    {
        IReadOnlyList<MemoryEnd> memories = _machine.Memories;
        _samples.Add(new FabricSample(
            Simulation.Now,
            [.. _directions.Select(direction => direction.BusyUntilNow)],
            [.. _directions.Select(direction => direction.Waiting)],
            [.. memories.Select(memory => memory.Reads.Count)],
            [.. memories.Select(memory => memory.Writes.Count)]));
        Simulation.Schedule(_every, EventPriority.Request, this);
    }

    private IEnumerable<TrackCounter> Direction(string name, int index)
    {
        yield return new TrackCounter($"{name}: busy", ["%"], Steady(1, (from, to) => [Rounded(100.0 * (to.Busy[index] - from.Busy[index]) / (to.Time - from.Time).Picoseconds)]));
        yield return new TrackCounter($"{name}: waiting", ["messages"], [.. _samples.Select(sample => new TrackSample(sample.Time, [sample.Waiting[index]]))]);
    }

    /// <summary>Figures of the stretch between a sample and the next; after the last there is nothing.</summary>
    private IReadOnlyList<TrackSample> Steady(int count, Func<FabricSample, FabricSample, IReadOnlyList<double>> figures) =>
    [
        .. _samples.Zip(_samples.Skip(1), (from, to) => new TrackSample(from.Time, figures(from, to))),
        new TrackSample(_samples[^1].Time, new double[count]),
    ];

    private static double Rate(FabricSample from, FabricSample to, Func<FabricSample, long> count) =>
        Rounded((count(to) - count(from)) * TrafficMeter.Line * 1e3 / (to.Time - from.Time).Picoseconds);

    private static double Rounded(double figure) => Math.Round(figure, 3);
}
