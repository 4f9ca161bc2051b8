using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Paths;

/// <summary>A vendor's x8 device as Mess measured its model (fact sheet 40, sections 2 and 3). One set of parameters for all mixes.</summary>
internal static class VendorDevice
{
    private const int Outstanding = 245;

    /// <summary>Where it takes no more.</summary>
    public static IReadOnlyList<CurvePoint> Saturation { get; } =
    [
        new(2, 24.475, 157.9), new(6, 25.296, null), new(16, 27.613, null), new(38, 34.585, 154.1), new(58, 43.65, 370.2), new(76, 34.421, null), new(90, 29.496, 578.5),
    ];

    /// <summary>Below the knee.</summary>
    public static IReadOnlyList<CurvePoint> Curve { get; } =
    [
        new(2, 6.4, 112.2), new(2, 12.8, 119.2), new(2, 21.3, 130.0), new(2, 23.7, 133.6),
        new(38, 6.4, 110.9), new(38, 12.8, 115.8), new(38, 21.3, 123.8), new(38, 25.6, 128.0), new(38, 32.0, 137.7),
        new(58, 6.4, 110.1), new(58, 12.8, 113.9), new(58, 21.3, 120.5), new(58, 25.6, 124.1), new(58, 35.5, 136.6),
        new(90, 6.4, 108.9), new(90, 12.8, 110.8), new(90, 21.3, 115.4), new(90, 25.6, 120.6), new(90, 27.8, 127.3),
    ];

    public static PathParameters Path { get; } = new(new LinkRate(8, 32, FlitMode.Flit68), SimDuration.Nanoseconds(66), SimDuration.Nanoseconds(44));

    public static IMedia Media => new DramMedia(DramTiming.Ddr4At3200, new DramGeometry(Channels: 4, Ranks: 4, ClosesRows: true, WriteBuffer: 24));

    /// <summary>As much as goes through.</summary>
    public static ClosedLoop Saturated(int reads) => Loaded(reads, 0, 200);

    /// <summary>As near to a bandwidth as a pause between accesses brings it. Unit: GB/s.</summary>
    public static ClosedLoop Loaded(int reads, double gigabytes)
    {
        double shortest = 0;
        double longest = 200_000;
        for (int i = 0; i < 16; i++)
        {
            double pause = (shortest + longest) / 2;
            bool isMore = Loaded(reads, pause, 60).Bandwidth / 1e9 > gigabytes;
            (shortest, longest) = isMore ? (pause, longest) : (shortest, pause);
        }

        return Loaded(reads, shortest, 200);
    }

    private static ClosedLoop Loaded(int reads, double pause, int microseconds)
    {
        Simulation simulation = new(7);
        ClosedLoop loop = new(simulation, new MemoryPath(simulation, Path, Media), Outstanding, reads / 100.0, SimDuration.Nanoseconds(pause));
        loop.Measure(SimDuration.Microseconds(10), SimDuration.Microseconds(microseconds));
        return loop;
    }
}
