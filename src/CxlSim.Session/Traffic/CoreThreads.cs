using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>Threads as Intel MLC starts them on cores: each works through streams of its own; what a core keeps under way is the platform's.</summary>
/// <param name="run">Where they are added.</param>
/// <param name="host">What cores can do.</param>
/// <param name="socket">Whose cores.</param>
/// <param name="pool">The memory that they were given.</param>
internal sealed class CoreThreads(TrafficRun run, HostPathDescription host, Socket socket, AddressPool pool)
{
    /// <summary>MLC's delays count in cycles of the machine of the raw logs: 3.03 GHz, by the bandwidth of each delay.</summary>
    private const double DelayNs = 0.33;

    /// <summary>Lines that prefetchers bring at once. Fitted to how latency grows with bandwidth in the same logs.</summary>
    private const int Burst = 24;

    /// <summary>Lines between a store's read and its writing back: the cache's size.</summary>
    private const ulong CacheLines = 32768;

    /// <summary>A pause between lines that prefetchers do not notice. Unit: nanoseconds.</summary>
    private const double Unnoticed = 1;

    private readonly IAddressMap _map = run.Machine.MapOf(socket);

    /// <summary>A thread that reads one line after the other, each when the one before is there.</summary>
    /// <param name="isRandom">Whether neighbours follow each other or any line.</param>
    public ClosedLoop AddProbe(bool isRandom)
    {
        SimRandom random = run.NewRandom();
        ClosedLoop probe = new(run.Fabric, _map, random, isRandom ? new RandomStream(pool, random) : NewStream(random), outstanding: 1, reads: 1, pause: SimDuration.Zero);
        run.Add(probe);
        return probe;
    }

    /// <param name="count">How many threads.</param>
    /// <param name="mix">What each does.</param>
    /// <param name="delay">MLC's injected delay; zero for none.</param>
    /// <param name="isRandom">Whether neighbours follow each other in the streams or any line.</param>
    public void Add(int count, TrafficMix mix, int delay, bool isRandom)
    {
        ThreadPace pace = PaceOf(mix, delay);
        for (int i = 0; i < count; i++)
        {
            SimRandom random = run.NewRandom();
            run.Add(new PacedThread(run.Fabric, _map, random, pace, Round(mix, random, isRandom)));
        }
    }

    private ThreadPace PaceOf(TrafficMix mix, int delay)
    {
        CoreDescription core = host.Core;
        bool isAllOut = mix.Stores + mix.NonTemporal == 0 && delay * DelayNs / mix.DelayLines < Unnoticed;
        int reads = Math.Max(Math.Min(isAllOut ? core.Reads : Math.Min(core.Reads, core.StreamReads * (mix.Loads + mix.Stores)), core.Lines), 1);
        int writes = mix.Loads + mix.Stores == 0 ? core.Writes : Math.Max(Math.Min(core.Writes, core.Lines - reads), 1);
        SimDuration pause = SimDuration.Nanoseconds(delay * DelayNs / mix.DelayLines * Burst);
        if (!_map.TryFind(pool.At(0), out MemoryRoute route, out _))
        {
            return new ThreadPace(Burst, pause, reads, SimDuration.Zero, reads, writes); // nothing answers, and so nothing is under way
        }

        int held = run.Machine.IsRemote(route) ? host.SocketLink.CoreReads : run.Machine.IsDram(route) ? host.DramCoreReads : reads;
        return new ThreadPace(Burst, pause, reads, route.Quickest + route.Quickest, Math.Min(reads, held), writes);
    }

    private List<MixStep> Round(TrafficMix mix, SimRandom random, bool isRandom)
    {
        List<MixStep> round = [];
        for (int i = 0; i < mix.Loads; i++)
        {
            round.Add(new MixStep(AccessKind.Read, NewStream(random, isRandom)));
        }

        for (int i = 0; i < mix.Stores; i++)
        {
            ulong first = random.Next(pool.Lines);
            round.Add(new MixStep(AccessKind.Read, isRandom ? new RandomStream(pool, random) : new StridedStream(pool, 1, first + CacheLines)));
            round.Add(new MixStep(AccessKind.Write, isRandom ? new RandomStream(pool, random) : new StridedStream(pool, 1, first)));
        }

        for (int i = 0; i < mix.NonTemporal; i++)
        {
            round.Add(new MixStep(AccessKind.Write, NewStream(random, isRandom)));
        }

        return round;
    }

    private IAddressStream NewStream(SimRandom random, bool isRandom) => isRandom ? new RandomStream(pool, random) : NewStream(random);

    private StridedStream NewStream(SimRandom random) => new(pool, 1, random.Next(pool.Lines));
}
