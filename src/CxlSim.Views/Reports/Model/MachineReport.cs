using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>What there is to see of a machine that has booted and done its steps, as data of a page.</summary>
public sealed record MachineReport
{
    public required string Platform { get; init; }

    /// <summary>Version of the kernel.</summary>
    public required string Kernel { get; init; }

    public required string CommandLine { get; init; }

    public required string Seed { get; init; }

    /// <summary>The phase that the boot reached.</summary>
    public required string Phase { get; init; }

    /// <summary>Virtual time since the kernel's start.</summary>
    public required SimDuration KernelTime { get; init; }

    /// <summary>For each device what of it is in use, and what is not and why.</summary>
    public required IReadOnlyList<ReportCapacity> Capacities { get; init; }

    /// <summary>In the order of their numbers.</summary>
    public required IReadOnlyList<ReportRegion> Regions { get; init; }

    public required IReadOnlyList<ReportWindow> Windows { get; init; }

    /// <summary>What the machine is plugged together from: root bridges with all below them.</summary>
    public required IReadOnlyList<TopologyNode> Topology { get; init; }

    /// <summary>Who says what of the host's addresses, from firmware down to the kernel's users.</summary>
    public required IReadOnlyList<AddressLane> Addresses { get; init; }

    /// <summary>What of each device's own addresses is taken.</summary>
    public required IReadOnlyList<ReportMemdev> Memdevs { get; init; }

    public required IReadOnlyList<ReportDecoder> Decoders { get; init; }

    public required ReportTimeline Timeline { get; init; }

    public required ReportMemory Memory { get; init; }

    /// <summary>What was refused or wasted, in the words of <c>cxlsim explain</c>.</summary>
    public required IReadOnlyList<ReportRefusal> Refusals { get; init; }

    /// <summary>Latency under load; empty where nobody measured.</summary>
    public IReadOnlyList<LatencyCurve> Curves { get; init; } = [];
}
