using BenchmarkDotNet.Attributes;
using CxlSim.Machine;
using CxlSim.Platform;

namespace CxlSim.Benchmarks;

/// <summary>A whole boot in process and warm: from description to online memory, without reading the file and without output.</summary>
[MemoryDiagnoser]
public class BootBenchmarks
{
    private PlatformDescription _platform = null!;

    [Params("single-device", "qemu-single")]
    public string Platform { get; set; } = "single-device";

    [GlobalSetup]
    public void Setup() => _platform = PlatformReader.ReadFile(Path.Combine(Repository.Find(), "platforms", Platform + ".yaml")).Platform!;

    [Benchmark]
    public long Boot()
    {
        SimulatedMachine machine = new(_platform);
        machine.RunBoot();
        return machine.Simulation.EventNumber;
    }
}
