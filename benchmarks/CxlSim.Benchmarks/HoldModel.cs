using System.Diagnostics;
using System.Globalization;
using CxlSim.Engine;

namespace CxlSim.Benchmarks;

/// <summary>The hold model as the programs of <c>benchmarks/peers</c> run it: events that schedule themselves again, increments uniform in 1..1000 ps.</summary>
internal sealed class HoldModel : SimHandler
{
    private readonly Simulation _simulation = new(0);
    private ulong _state = 88172645463325252;

    public HoldModel(int pending)
    {
        for (int i = 0; i < pending; i++)
        {
            Handle(0);
        }
    }

    /// <summary>Prints million events per second, as the peers do.</summary>
    /// <param name="pending">How many are scheduled at any time.</param>
    /// <param name="events">How many happen.</param>
    public static void Print(int pending, long events)
    {
        HoldModel model = new(pending);
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1))
        {
            model.Run(10_000); // until the code is compiled for good
        }

        start = Stopwatch.GetTimestamp();
        model.Run(events);
        Console.WriteLine((events / Stopwatch.GetElapsedTime(start).TotalMicroseconds).ToString("F3", CultureInfo.InvariantCulture));
    }

    public void Run(long events)
    {
        for (long i = 0; i < events; i++)
        {
            _simulation.Step();
        }
    }

    protected override void Handle(ulong argument) => _simulation.Schedule(new SimDuration((long)(NextRandom() % 1000) + 1), EventPriority.Device, this);

    private ulong NextRandom()
    {
        unchecked
        {
            _state ^= _state << 13;
            _state ^= _state >> 7;
            _state ^= _state << 17;
            return _state;
        }
    }
}
