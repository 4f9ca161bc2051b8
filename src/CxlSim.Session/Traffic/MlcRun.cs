using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>What Intel MLC measures, measured on a simulated machine: each figure by traffic of its own on an idle fabric.</summary>
/// <param name="machine">Which runs.</param>
/// <param name="seed">Another one gives other addresses and gaps.</param>
public sealed class MlcRun(SimulatedMachine machine, ulong seed)
{
    /// <summary>The delays of MLC's loaded latencies.</summary>
    public static IReadOnlyList<int> Delays { get; } = [0, 2, 8, 15, 50, 100, 200, 300, 400, 500, 700, 1000, 1300, 1700, 2500, 3500, 5000, 9000, 20000];

    private static readonly SimDuration Before = SimDuration.Microseconds(10);
    private static readonly SimDuration Span = SimDuration.Microseconds(30);

    /// <summary>How often a loaded machine is measured, streams beginning elsewhere each time: whether two meet in a bank is chance, which evens out over the seconds that MLC takes.</summary>
    private const int Placements = 8;

    /// <summary>Lines that are tried before traffic goes to a target.</summary>
    private const ulong Samples = 4096;

    private readonly HostPathDescription _host = machine.Platform.Timing.Host;

    public ulong Seed => seed;

    public IReadOnlyList<Socket> Sockets { get; } = machine.NewFabric().Sockets;

    /// <summary>One read after the other, nothing else under way. Unit: nanoseconds.</summary>
    public double IdleLatency(Socket from, TrafficTarget to, bool isRandom = false)
    {
        TrafficRun run = new(machine, seed);
        ClosedLoop probe = new CoreThreads(run, _host, from, PoolOf(to)).AddProbe(isRandom);
        run.Measure(Before, Span);
        run.Finish();
        return probe.Meter.Reads.MeanNs;
    }

    /// <summary>As much as so many threads get. Unit: 10^6 bytes per second.</summary>
    public double Bandwidth(Socket from, TrafficTarget to, int threads, TrafficMix mix, bool isRandom = false) =>
        Enumerable.Range(0, Placements).Average(placement =>
        {
            TrafficRun run = NewRun(placement);
            new CoreThreads(run, _host, from, PoolOf(to)).Add(threads, mix, delay: 0, isRandom);
            run.Measure(Before, Span);
            run.Finish();
            return run.Bandwidth / 1e6;
        });

    /// <summary>Latency while so many threads go as fast as a delay lets them.</summary>
    public LoadPoint Loaded(Socket from, TrafficTarget to, int threads, TrafficMix mix, int delay, bool isRandom = false)
    {
        LoadPoint[] points = [.. Enumerable.Range(0, Placements).Select(placement =>
        {
            TrafficRun run = NewRun(placement);
            CoreThreads cores = new(run, _host, from, PoolOf(to));
            ClosedLoop probe = cores.AddProbe(isRandom);
            cores.Add(threads, mix, delay, isRandom);
            run.Measure(Before, Span);
            run.Finish();
            return new LoadPoint(delay, probe.Meter.Reads.MeanNs, run.Bandwidth / 1e6);
        })];
        return new LoadPoint(delay, points.Average(point => point.LatencyNs), points.Average(point => point.MegabytesPerSecond));
    }

    /// <summary>Whether traffic can go from there to there.</summary>
    public bool Answers(Socket from, TrafficTarget to) => Unanswered(machine, from, to) is null;

    /// <summary>The first address of the target's ranges that nothing answers, looked for as traffic would meet it; null where traffic can go there.</summary>
    public static Hpa? Unanswered(SimulatedMachine machine, Socket from, TrafficTarget to)
    {
        TrafficRun run = new(machine, seed: 0);
        AddressPool pool = PoolOf(to);
        IAddressMap map = run.Machine.MapOf(from);
        ulong step = (pool.Lines / Samples) | 1; // an even one would meet some members of an interleave only
        for (ulong line = 0; line < pool.Lines; line += step)
        {
            if (!map.TryFind(pool.At(line), out _, out _))
            {
                return pool.At(line);
            }
        }

        return null;
    }

    private TrafficRun NewRun(int placement) => new(machine, new SimRandom(unchecked((seed * 1_000_003) + (ulong)placement)).NextUInt64());

    private static AddressPool PoolOf(TrafficTarget target) => new(target.Ranges, []);
}
