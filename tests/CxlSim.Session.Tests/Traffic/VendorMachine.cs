using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Session.Tests.Traffic;

/// <summary>A vendor's x8 device as Mess measured its model (fact sheet 40, sections 2 and 3). One set of parameters for all mixes.</summary>
internal static class VendorMachine
{
    private const int Outstanding = 245;

    /// <summary>Where it takes no more: percent of reads, GB/s, ns where they are known.</summary>
    public static IReadOnlyList<(int Reads, double Gigabytes, double? Nanoseconds)> Saturation { get; } =
    [
        (2, 24.475, 157.9), (6, 25.296, null), (16, 27.613, null), (38, 34.585, 154.1), (58, 43.65, 370.2), (76, 34.421, null), (90, 29.496, 578.5),
    ];

    /// <summary>Below the knee.</summary>
    public static IReadOnlyList<(int Reads, double Gigabytes, double? Nanoseconds)> Curve { get; } =
    [
        (2, 6.4, 112.2), (2, 12.8, 119.2), (2, 21.3, 130.0), (2, 23.7, 133.6),
        (38, 6.4, 110.9), (38, 12.8, 115.8), (38, 21.3, 123.8), (38, 25.6, 128.0), (38, 32.0, 137.7),
        (58, 6.4, 110.1), (58, 12.8, 113.9), (58, 21.3, 120.5), (58, 25.6, 124.1), (58, 35.5, 136.6),
        (90, 6.4, 108.9), (90, 12.8, 110.8), (90, 21.3, 115.4), (90, 25.6, 120.6), (90, 27.8, 127.3),
    ];

    public static SimulatedMachine Boot() => TrafficMachine.OfFile("platforms/vendor-x8.yaml");

    /// <summary>As much as goes through.</summary>
    public static WorkloadReport Saturated(SimulatedMachine machine, int reads) => Loaded(machine, reads, 0.0, 200);

    /// <summary>As near to a bandwidth as a pause between accesses brings it. Unit: GB/s.</summary>
    public static WorkloadReport Near(SimulatedMachine machine, int reads, double gigabytes)
    {
        double shortest = 0;
        double longest = 200_000;
        for (int i = 0; i < 16; i++)
        {
            double pause = (shortest + longest) / 2;
            bool isMore = Loaded(machine, reads, pause, 40).MegabytesPerSecond > gigabytes * 1e3;
            (shortest, longest) = isMore ? (pause, longest) : (shortest, pause);
        }

        return Loaded(machine, reads, shortest, 200);
    }

    private static WorkloadReport Loaded(SimulatedMachine machine, int reads, double pause, int microseconds)
    {
        MlcRun sockets = new(machine, seed: 7);
        return WorkloadRun.Carry(machine, seed: 7, new WorkloadPlan
        {
            From = sockets.Sockets[0],
            To = [TrafficTargets.Nodes(machine.Kernel!)[1]],
            Kind = WorkloadKind.Closed,
            Threads = 1,
            Outstanding = Outstanding,
            Reads = reads / 100.0,
            Pause = SimDuration.Nanoseconds(pause),
            Before = SimDuration.Microseconds(10),
            Span = SimDuration.Microseconds(microseconds),
        });
    }
}
