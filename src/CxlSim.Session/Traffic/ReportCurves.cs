using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>Latency under load for the page of a report: what <c>cxlsim mlc --loaded-latency</c> measures, with fewer delays.</summary>
public static class ReportCurves
{
    /// <summary>Enough for an x16 device; more cores only wait.</summary>
    private const int MostThreads = 16;

    private static readonly string[] Mixes = ["W0", "W5"];

    /// <summary>Of MLC's delays those between which a curve bends, by rising load.</summary>
    private static readonly int[] Delays = [20000, 2500, 1000, 500, 300, 200, 100, 0];

    /// <summary>From the first socket to the first memory that is not a socket's own, for each mix by rising load; empty where there is no such memory.</summary>
    /// <param name="machine">Which runs; its clock goes on.</param>
    /// <param name="progress">Told what is measured next.</param>
    public static IReadOnlyList<LatencyCurve> Measure(SimulatedMachine machine, Action<string>? progress = null)
    {
        if (machine.Kernel is not { } kernel || TrafficTargets.FirstApart(kernel) is not { } target)
        {
            return [];
        }

        MlcRun run = new(machine, machine.Simulation.Seed);
        return run.Sockets.Count == 0 || MlcRun.Unanswered(machine, run.Sockets[0], target) is not null ? [] : [.. Mixes.Select(code => Curve(run, target, TrafficMix.Find(code)!, progress))];
    }

    private static LatencyCurve Curve(MlcRun run, TrafficTarget target, TrafficMix mix, Action<string>? progress)
    {
        Socket from = run.Sockets[0];
        int threads = Math.Clamp(from.Cpus - 1, 1, MostThreads);
        List<LoadPoint> points = [];
        foreach (int delay in Delays)
        {
            progress?.Invoke($"latency under load: {mix.Code}, {points.Count + 1} of {Delays.Length}");
            points.Add(run.Loaded(from, target, threads, mix, delay));
        }

        return new LatencyCurve(
            $"{from.Name} to {target.Name}, {mix.Name}", [.. points.Select(point => new LatencyPoint(Math.Round(point.MegabytesPerSecond / 1e3, 2), Math.Round(point.LatencyNs, 1)))]);
    }
}
