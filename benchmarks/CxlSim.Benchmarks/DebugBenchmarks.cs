using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Benchmarks;

/// <summary>What one step back at the end of a boot costs beside the boot: from power-on, and with the replicas that a prompt gets ready while nobody types.</summary>
/// <remarks>A replica that is taken is gone, so an iteration is one movement. What got it ready is not counted with it, but by <see cref="Prepare"/>.</remarks>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 3, iterationCount: 15)]
public class DebugBenchmarks
{
    private const int Row = 4;

    private PlatformDescription _platform = null!;
    private DebugSession _session = null!;

    /// <summary>Host bridges with 16 devices each; 0 is single-device, 64 are 1,024 devices.</summary>
    [Params(0, 64)]
    public int Bridges { get; set; } = 64;

    [GlobalSetup]
    public void Setup() => _platform = Bridges == 0
        ? PlatformReader.ReadFile(Path.Combine(Repository.Find(), "platforms", "single-device.yaml")).Platform!
        : PlatformReader.ReadText(WideMachines.Bridges(Bridges), "wide.yaml").Platform!;

    /// <summary>Somebody has been at the end, and gone one back.</summary>
    [IterationSetup(Targets = [nameof(Boot), nameof(BootInDebugger), nameof(Back), nameof(Prepare)])]
    public void GoBack()
    {
        _session = new DebugSession(_platform) { ReplicasFrom = 2 };
        _session.Continue();
        _session.Back();
    }

    /// <summary>The same, and a pause.</summary>
    [IterationSetup(Targets = [nameof(BackAfterPause), nameof(FourBacksAfterPause)])]
    public void GoBackAndPause()
    {
        GoBack();
        PrepareAll();
    }

    [Benchmark(Baseline = true)]
    public long Boot()
    {
        SimulatedMachine machine = new(_platform);
        machine.RunBoot();
        return machine.Simulation.EventNumber;
    }

    [Benchmark]
    public long BootInDebugger()
    {
        DebugSession session = new(_platform);
        session.RunUntil(nameof(Phase.Running));
        return session.Position.Event;
    }

    /// <summary>Without replicas.</summary>
    [Benchmark]
    public long Back()
    {
        _session.Back();
        return _session.Position.Event;
    }

    /// <summary>With replicas.</summary>
    [Benchmark]
    public long BackAfterPause() => Back();

    /// <summary>Four of them without a pause between.</summary>
    [Benchmark]
    public long FourBacksAfterPause()
    {
        for (int i = 0; i < Row; i++)
        {
            _session.Back();
        }

        return _session.Position.Event;
    }

    /// <summary>All replicas, from power-on: what a pause takes at most.</summary>
    [Benchmark]
    public long Prepare()
    {
        PrepareAll();
        return _session.Driven;
    }

    private void PrepareAll()
    {
        while (_session.Prepare())
        {
        }
    }
}
