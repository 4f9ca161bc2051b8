using BenchmarkDotNet.Attributes;
using CxlSim.Engine;

namespace CxlSim.Benchmarks;

/// <summary>The hold model: a queue of N events; take the earliest, schedule it again a random increment later.</summary>
/// <remarks>All three queues carry the same payload, and all call it. The plain .NET queue promises no order of equal times; the stable one is the fair peer.</remarks>
[MemoryDiagnoser]
public class HoldModelBenchmarks
{
    private const int Holds = 4096;
    private const ulong Seed = 42;
    private readonly IdleHandler _handler = new IdleHandler();
    private readonly PriorityQueue<(IdleHandler Handler, ulong Argument), long> _plain = new();
    private readonly PriorityQueue<(IdleHandler Handler, ulong Argument), (long Time, ulong Order)> _stable = new();
    private readonly Simulation _ours = new(0);
    private Increments _increments = null!;
    private ulong _sequence;

    [Params(16, 1024, 16384, 1048576)]
    public int Events { get; set; }

    [Params(IncrementKind.Uniform, IncrementKind.Bimodal, IncrementKind.Skewed)]
    public IncrementKind Increment { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _increments = new Increments(Increment, Seed);
        HoldHandler ours = new(_ours, _increments);
        for (int i = 0; i < Events; i++)
        {
            long time = _increments.Next();
            _plain.Enqueue((_handler, 0), time);
            _stable.Enqueue((_handler, 0), (time, _sequence++));
            _ours.Schedule(new SimDuration(time), EventPriority.Thread, ours);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Holds)]
    public void PlainPriorityQueue()
    {
        for (int i = 0; i < Holds; i++)
        {
            _plain.TryDequeue(out (IdleHandler Handler, ulong Argument) element, out long time);
            element.Handler.Run(element.Argument);
            _plain.Enqueue(element, time + _increments.Next());
        }
    }

    [Benchmark(OperationsPerInvoke = Holds)]
    public void StablePriorityQueue()
    {
        for (int i = 0; i < Holds; i++)
        {
            _stable.TryDequeue(out (IdleHandler Handler, ulong Argument) element, out (long Time, ulong Order) key);
            element.Handler.Run(element.Argument);
            _stable.Enqueue(element, (key.Time + _increments.Next(), _sequence++));
        }
    }

    [Benchmark(OperationsPerInvoke = Holds)]
    public void Engine()
    {
        for (int i = 0; i < Holds; i++)
        {
            _ours.Step();
        }
    }
}
