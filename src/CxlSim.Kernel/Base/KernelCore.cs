using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>What every subsystem stands on: what the kernel was given, its log, and the trees of sysfs and iomem. It knows none of the subsystems.</summary>
public sealed class KernelCore
{
    /// <summary>How far chance spreads what happens side by side: longer than a probe takes, so that any can be first.</summary>
    private const ulong ProbeSpreadNs = 1_000_000;

    public KernelCore(Simulation simulation, IHostBus hostBus, KernelConfig config, KernelTiming timing, BootHandoff handoff)
    {
        Simulation = simulation;
        Refusals = new KernelRefusals(simulation);
        HostBus = hostBus;
        Config = config;
        Timing = timing;
        Handoff = handoff;
        CommandLine = new CommandLine(handoff.CommandLine);
        AddressSizes = new AddressSizes(handoff, config, CommandLine);
        Iomem = new ResourceTree(AddressSizes.LastPhysical);
        Log = new KernelLog(simulation);
        Sysfs = new Sysfs(simulation, Refusals, new Device("platform"));
        DeferredProbes = new DeferredProbes(simulation);
        PlatformBus = new Bus(this, "platform");
    }

    public Simulation Simulation { get; }

    public IHostBus HostBus { get; }

    public KernelConfig Config { get; }

    public KernelTiming Timing { get; }

    public BootHandoff Handoff { get; }

    public CommandLine CommandLine { get; }

    /// <summary>How far addresses go.</summary>
    public AddressSizes AddressSizes { get; }

    public KernelLog Log { get; }

    /// <summary>What it refused or wasted of what firmware and devices gave it.</summary>
    public KernelFindings Findings { get; } = new();

    /// <summary>Why it answered calls with errors.</summary>
    public KernelRefusals Refusals { get; }

    public Sysfs Sysfs { get; }

    public ResourceTree Iomem { get; }

    /// <summary>Soft-reserved ranges of a kernel that keeps them out of iomem (soft_reserve_resource).</summary>
    public ResourceTree SoftReserved { get; } = new(ResourceTree.End);

    public Bus PlatformBus { get; }

    /// <summary>Nothing runs any more.</summary>
    public bool HasPanicked { get; private set; }

    internal DeferredProbes DeferredProbes { get; }

    /// <summary>How long a probe waits before the others: not at all, or as the seed has it, for Linux promises no order.</summary>
    internal SimDuration ProbeDelay() => Simulation.Seed == 0 ? SimDuration.Zero : SimDuration.Nanoseconds(Simulation.Random.Next(ProbeSpreadNs));

    /// <summary>Ends the boot where it stands (<c>kernel/panic.c</c>).</summary>
    public void Panic(string reason)
    {
        Log.Emergency($"Kernel panic - not syncing: {reason}");
        HasPanicked = true;
    }

    /// <summary>Marks a step of the journey that belongs to an object rather than to a stretch of time.</summary>
    public void Milestone(string name, string subject) => Simulation.Trace(new MilestoneReached(name, subject));
}
