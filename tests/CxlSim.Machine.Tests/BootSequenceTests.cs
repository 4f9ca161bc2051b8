using CxlSim.Engine;

namespace CxlSim.Machine.Tests;

/// <summary>The order of a boot, as its trace shows it.</summary>
public class BootSequenceTests
{
    private static readonly TraceLines Trace = Given.Boot(Given.SingleDevice());

    [Fact]
    public void Phases_ComeOnceEach_InOrder() =>
        Trace.Records.OfType<PhaseEntered>().Select(phase => phase.Phase).Should().Equal(
            "PowerOn", "FirmwareEnumerate", "FirmwareTables", "Handoff", "MemoryMap", "NumaNodes", "ContiguousMemory", "MemoryTiers",
            "AcpiScan", "PciScan", "SoftReservedFallback", "LateInit", "DriverProbe", "Running");

    [Fact]
    public void PhaseEnum_HoldsTheSameNames() => Trace.Records.OfType<PhaseEntered>().Select(phase => phase.Phase).Should().Equal(Enum.GetNames<Phase>());

    [Fact]
    public void Milestones_AreAllReached_AndNoOthers() =>
        Trace.Records.OfType<MilestoneReached>().Select(milestone => milestone.Milestone).Distinct().Should().BeEquivalentTo(
            "CxlAcpiProbe", "CxlPciProbe", "PortProbe", "DecoderEnumeration", "MemdevProbe", "RegionAssembly", "DaxProbe", "KmemProbe", "MemoryOnline");

    [Fact]
    public void MilestoneEnum_HoldsTheSameNames() =>
        Trace.Records.OfType<MilestoneReached>().Select(milestone => milestone.Milestone).Distinct().Should().BeEquivalentTo(Enum.GetNames<Milestone>());

    [Fact]
    public void Milestones_AllLieBetweenDriverProbeAndRunning()
    {
        int probe = Trace.Records.FindIndex(record => record is PhaseEntered { Phase: "DriverProbe" });
        int running = Trace.Records.FindIndex(record => record is PhaseEntered { Phase: "Running" });
        Trace.Records.FindIndex(record => record is MilestoneReached).Should().BeGreaterThan(probe);
        Trace.Records.FindLastIndex(record => record is MilestoneReached).Should().BeLessThan(running);
    }

    /// <summary>The way of one piece of memory: what comes later needs what comes before.</summary>
    [Fact]
    public void Memory_GoesThroughItsMilestonesInOrder()
    {
        string[] way = ["CxlAcpiProbe", "CxlPciProbe", "MemdevProbe", "RegionAssembly", "DaxProbe", "KmemProbe", "MemoryOnline"];
        way.Select(name => Trace.Records.FindIndex(record => record is MilestoneReached milestone && milestone.Milestone == name))
            .Should().BeInAscendingOrder();
    }

    /// <summary>128 GiB in blocks of 128 MiB.</summary>
    [Fact]
    public void EveryBlock_GoesOnlineOnce() =>
        Trace.Records.OfType<MilestoneReached>().Where(milestone => milestone.Milestone == "MemoryOnline").Select(milestone => milestone.Subject)
            .Should().OnlyHaveUniqueItems().And.HaveCount(1024);

    [Fact]
    public void TimeAndEventNumbers_NeverGoBack()
    {
        Trace.Times.Select(time => time.Picoseconds).Should().BeInAscendingOrder();
        Trace.EventNumbers.Should().BeInAscendingOrder();
    }

    /// <summary>A loop that polls by the nanosecond, or a delay in the wrong unit, shows here: a boot is neither a minute nor a million events.</summary>
    [Fact]
    public void Boot_TakesSecondsOfVirtualTime_AndThousandsOfEvents()
    {
        Trace.Times[^1].Picoseconds.Should().BeInRange(1_000_000_000, 60_000_000_000_000);
        Trace.EventNumbers[^1].Should().BeInRange(100, 100_000);
    }
}
