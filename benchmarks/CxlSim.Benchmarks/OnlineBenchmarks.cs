using BenchmarkDotNet.Attributes;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Benchmarks;

/// <summary>Onlining a region of CXL memory in blocks of 2 GiB, in process and warm. What counts is that it is linear in blocks: 4 TiB is 2048 of them.</summary>
[MemoryDiagnoser]
public class OnlineBenchmarks
{
    private PlatformDescription _platform = null!;
    private MachineSession _session = null!;

    [Params(512, 1024, 2048)]
    public int Blocks { get; set; } = 2048;

    [GlobalSetup]
    public void Setup() => _platform = PlatformReader.ReadText(WideMachines.LargeBlocks(Blocks), "online.yaml").Platform!;

    /// <summary>Everything before kmem adds and onlines the blocks: the kernel has not loaded it.</summary>
    [IterationSetup]
    public void Boot()
    {
        _session = new(new SimulatedMachine(_platform));
        _session.Boot();
        new StepRunner(_session).Run(_platform.Steps[0]);
    }

    /// <summary>Loads kmem, which takes the device, and onlines by default.</summary>
    [Benchmark]
    public int Online()
    {
        _session.Do("modprobe kmem", () => _session.Kernel.Modules.LoadAsync("kmem", string.Empty));
        int online = _session.Kernel.Memory.Blocks.Count(block => block is { IsBootMemory: false, Zone: not null });
        return online == Blocks ? online : throw new InvalidOperationException($"{online} of {Blocks} blocks went online");
    }
}
