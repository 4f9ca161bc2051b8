using BenchmarkDotNet.Attributes;
using CxlSim.Engine;

namespace CxlSim.Benchmarks;

/// <summary>The hold model: a queue of N events; take the earliest, schedule it again a random increment later.</summary>
/// <remarks>All three queues carry the same payload. The plain .NET queue promises no order of equal times; the stable one is the fair peer.</remarks>
[MemoryDiagnoser]
public class HoldModelBenchmarks
{
    private const int Holds = 4096;
    private const ulong Seed = 42;
    private readonly IdleHandler _handler = new();
    private readonly PriorityQueue<(IEventHandler Handler, ulong Argument), long> _plain = new();
    private readonly PriorityQueue<(IEventHandler Handler, ulong Argument), (long Time, ulong Order)> _stable = new();
    private readonly EventQueue _ours = new();
    private Increments _increments = null!;
    private ulong _sequence;

    [Params(64, 1024, 65536)]
    public int Events { get; set; }

    [Params(IncrementKind.Exponential, IncrementKind.Uniform)]
    public IncrementKind Increment { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _increments = new Increments(Increment, Seed);
        for (int i = 0; i < Events; i++)
        {
            long time = _increments.Next();
            _plain.Enqueue((_handler, 0), time);
            _stable.Enqueue((_handler, 0), (time, _sequence++));
            _ours.Enqueue(new SimTime(time), EventPriority.Thread, _handler, 0);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Holds)]
    public void PlainPriorityQueue()
    {
        for (int i = 0; i < Holds; i++)
        {
            _plain.TryDequeue(out (IEventHandler Handler, ulong Argument) element, out long time);
            _plain.Enqueue(element, time + _increments.Next());
        }
    }

    [Benchmark(OperationsPerInvoke = Holds)]
    public void StablePriorityQueue()
    {
        for (int i = 0; i < Holds; i++)
        {
            _stable.TryDequeue(out (IEventHandler Handler, ulong Argument) element, out (long Time, ulong Order) key);
            _stable.Enqueue(element, (key.Time + _increments.Next(), _sequence++));
        }
    }

    [Benchmark(OperationsPerInvoke = Holds)]
    public void EventQueue()
    {
        for (int i = 0; i < Holds; i++)
        {
            SimEvent next = _ours.Dequeue();
            _ours.Enqueue(new SimTime(next.Time.Picoseconds + _increments.Next()), next.Priority, next.Handler, next.Argument);
        }
    }
}
