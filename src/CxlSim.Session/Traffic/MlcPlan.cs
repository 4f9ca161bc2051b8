using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>What to measure, from where, to what, with what.</summary>
public sealed record MlcPlan
{
    public required Socket From { get; init; }

    public required TrafficTarget To { get; init; }

    /// <summary>Traffic threads, beside the one that measures latency; at least 1.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether neighbours follow each other in the streams or any line.</summary>
    public bool IsRandom { get; init; }

    public bool Idle { get; init; }

    public bool Bandwidths { get; init; }

    public bool Mixes { get; init; }

    /// <summary>Mixes whose curves are wanted.</summary>
    public IReadOnlyList<TrafficMix> Curves { get; init; } = [];

    public IReadOnlyList<int> Delays { get; init; } = MlcRun.Delays;

    /// <param name="run">What measures.</param>
    /// <param name="kernel">Whose nodes are the matrices' columns; the plan's target is one too where it is no node.</param>
    /// <param name="platform">Its name.</param>
    /// <param name="step">Told before each figure what is measured, as there may be many.</param>
    public MlcReport Carry(MlcRun run, LinuxKernel kernel, string platform, Action<string> step)
    {
        IReadOnlyList<TrafficTarget> nodes = TrafficTargets.Nodes(kernel);
        IReadOnlyList<TrafficTarget> targets = To.Node is null ? [.. nodes, To] : nodes;
        double?[][] idle = Idle || Bandwidths ? Matrix(run, targets, "idle latency", step, (from, to) => run.IdleLatency(from, to, IsRandom)) : [];
        double?[][] bandwidths = Bandwidths ? Matrix(run, targets, "bandwidth", step, (from, to) => run.Bandwidth(from, to, Threads, TrafficMix.All[0], IsRandom)) : [];
        return new MlcReport
        {
            Platform = platform,
            Seed = run.Seed,
            Threads = Threads,
            From = From,
            To = To,
            Sockets = run.Sockets,
            Targets = targets,
            Idle = Idle ? idle : [],
            Bandwidths = bandwidths,
            Mixes = Mixes ? [.. TrafficMix.All.Select(mix => Told(step, mix.Name, () => new MixBandwidth(mix, run.Bandwidth(From, To, Threads, mix, IsRandom))))] : [],
            Curves = [.. Curves.Select(mix => new LoadCurve(mix, [.. Delays.Select(delay => Told(step, $"{mix.Code}, delay {delay}", () => run.Loaded(From, To, Threads, mix, delay, IsRandom)))]))],
            Coordinates = bandwidths.Length == 0 ? [] : [.. targets.Select((target, column) => Row(kernel, target, column, idle, bandwidths))],
        };
    }

    /// <summary>Null where something of a target does not answer: there traffic would end.</summary>
    private static double?[][] Matrix(MlcRun run, IReadOnlyList<TrafficTarget> targets, string what, Action<string> step, Func<Socket, TrafficTarget, double> measure) =>
        [.. run.Sockets.Select(from => targets.Select(to => run.Answers(from, to) ? Told(step, $"{what}, {from.Name} to {to.Name}", () => measure(from, to)) : (double?)null).ToArray())];

    private static T Told<T>(Action<string> step, string what, Func<T> measure)
    {
        step(what);
        return measure();
    }

    /// <summary>From the socket that is nearest, as access class 0 has it.</summary>
    private static CoordinateRow Row(LinuxKernel kernel, TrafficTarget target, int column, double?[][] idle, double?[][] bandwidths)
    {
        Check.That(idle.Length > 0, "a socket");
        int nearest = Enumerable.Range(0, idle.Length).MinBy(row => idle[row][column]);
        AccessCoordinates? known = target.Node is { } node ? kernel.Numa.PossibleNodes.First(candidate => candidate.Id == node).Access(0)?.Coordinates : null;
        return new CoordinateRow(target.Name, known?.ReadLatency, known?.ReadBandwidth, idle[nearest][column], bandwidths[nearest][column]);
    }
}
