using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Paths;

/// <summary>A vendor's x8 device as Mess measured its model (fact sheet 40, sections 2 and 3). One set of parameters for all mixes.</summary>
internal static class VendorDevice
{
    private const int Outstanding = 245;

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
