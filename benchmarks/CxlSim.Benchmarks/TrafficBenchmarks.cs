using BenchmarkDotNet.Attributes;

namespace CxlSim.Benchmarks;

/// <summary>An event of traffic through a switch beside an event of the hold model with as many pending.</summary>
[MemoryDiagnoser]
public class TrafficBenchmarks
{
    private const int Events = 100_000;
    private const int Pending = 256;
    private readonly SwitchedDevice _traffic = new(256, 0.57);
    private readonly HoldModel _hold = new(Pending);

    [Benchmark(Baseline = true, OperationsPerInvoke = Events)]
    public void HoldEvent() => _hold.Run(Events);

    [Benchmark(OperationsPerInvoke = Events)]
    public void TrafficEvent() => _traffic.Run(Events);
}
