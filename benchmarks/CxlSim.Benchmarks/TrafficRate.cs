using System.Diagnostics;
using System.Globalization;

namespace CxlSim.Benchmarks;

/// <summary>Lines per second through a switch, with the events that each takes, beside the hold model of the same run; the best of rounds in turn.</summary>
internal static class TrafficRate
{
    private const int Rounds = 20;
    private const int Events = 2_000_000;

    public static void Print(int pending, int outstanding, double reads)
    {
        SwitchedDevice traffic = new(outstanding, reads);
        HoldModel hold = new(pending);
        double best = 0;
        double bestHold = 0;
        long before = traffic.Lines;
        for (int i = 0; i < Rounds; i++)
        {
            best = Math.Max(best, Rate(traffic.Run));
            bestHold = Math.Max(bestHold, Rate(hold.Run));
        }

        double eventsPerLine = Rounds * (double)Events / (traffic.Lines - before);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{best / eventsPerLine:F2} M lines/s, {eventsPerLine:F2} events each, {best:F1} M events/s; hold model with {pending} pending {bestHold:F1} M events/s; ratio {best / bestHold:F2}"));
    }

    private static double Rate(Action<long> run)
    {
        long start = Stopwatch.GetTimestamp();
        run(Events);
        return Events / Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }
}
