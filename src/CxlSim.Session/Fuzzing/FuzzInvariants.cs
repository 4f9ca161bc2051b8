namespace CxlSim.Session;

/// <summary>THE list of what is held against every machine.</summary>
public static class FuzzInvariants
{
    public static readonly FuzzInvariant NoBug = new("no-bug", "The simulator breaks no rule of its own.");

    public static readonly FuzzInvariant NoHang = new("no-hang", "Boots and steps come to rest.");

    public static readonly FuzzInvariant SameTrace = new("same-trace", "The same file and seed give the same trace.");

    public static readonly FuzzInvariant RefusedChangesNothing = new("refused-changes-nothing", "A write that is refused leaves sysfs and /proc/iomem as they were, but for what Linux is known to leave.");

    public static readonly FuzzInvariant Answers = new("answers", "Writes of region, decoder and block attributes end with the error that follows from the rules of Linux, and leave what follows from them.");

    /// <summary>In the order in which they are asked.</summary>
    public static IReadOnlyList<FuzzInvariant> All { get; } =
    [
        NoBug,
        NoHang,
        SameTrace,
        RefusedChangesNothing,
        Answers,
        new("windows-taken", "The kernel has the windows that Linux takes from the table, as the table has them.") { Broken = WindowInvariants.Misread, IsOfBoot = true },
        new("warned", "Of refused windows and of capacity without room a check warns.") { Broken = WindowInvariants.Unwarned, IsOfBoot = true },
        new("block-size", "Memory blocks have the size that follows from the end of boot memory.") { Broken = MemoryInvariants.OtherBlockSize, IsOfBoot = true },
        new("regions-apart", "Regions lie in their windows, apart, in whole units of 256 MiB for each way.") { Broken = StateInvariants.Overlap },
        new("capacity-once", "A byte of a device belongs to one decoder or is left out by one.") { Broken = CapacityInvariants.TakenTwice },
        new("states-agree", "Region, decoders and registers agree on what is committed.") { Broken = StateInvariants.Disagree },
        new("locked-stay", "Registers of a locked decoder stay as they are.") { Broken = PortInvariants.Unlocked },
        new("decoders-in-order", "Committed decoders of a component lie one above the other in the order of their numbers, and take no more than a device has.") { Broken = PortInvariants.OutOfOrder },
        new("ports-programmed", "The registers of a committed region hold the ways, granularity, targets and skips that follow from the topology.") { Broken = PortInvariants.Misprogrammed },
        new("addresses-agree", "Data path, batch, story and the way back agree with a walk through the registers.") { Broken = AddressInvariants.Astray, IsOfRoutes = true },
        new("bytes-arrive", "What is stored is found on the device to which the registers lead.") { Broken = AddressInvariants.Lost, IsOfRoutes = true },
        new("driver-agrees", "The address that the driver reports for a byte is where hardware has it.") { Broken = AddressInvariants.ReportedElsewhere, IsOfRoutes = true },
        new("iomem-nests", "Lines of /proc/iomem lie in their parents, in order and apart; every region of a window that the CPU can address has one.") { Broken = MemoryInvariants.Tangled },
        new("blocks-in-ram", "Hot-added memory blocks are System RAM from end to end.") { Broken = MemoryInvariants.WithoutRam },
        new("pages-add-up", "Zones have the pages of their blocks, and each is free, in use or broken.") { Broken = MemoryInvariants.PagesLost },
    ];
}
