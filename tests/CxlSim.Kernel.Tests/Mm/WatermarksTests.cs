using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Watermarks as recorded in 01-single-volatile and 09-hotplug-options, from the pages that the allocator had there.</summary>
public sealed class WatermarksTests
{
    private const string Memory = "/sys/devices/system/memory/";

    [Fact]
    public void NormalMemory_TakesAThirdShare()
    {
        MachineSession session = Recorded(474334);

        Online(session, 4, "online");

        Marks(session, 0, ZoneType.Dma).Should().Be("99 123 147 171");
        Marks(session, 0, ZoneType.Dma32).Should().Be("13159 16448 19737 23026");
        Marks(session, 1, ZoneType.Normal).Should().Be("3636 4545 5454 6363");
        Marks(session, 1, ZoneType.Movable).Should().Be("32 32 32 32", "a zone without pages has the least that Movable keeps");
        Marks(session, 1, ZoneType.Device).Should().Be("0 0 0 0");
        session.Kernel.Watermarks.MinFreeKilobytes.Should().Be(67584, "5632 pages for each of three zones");
    }

    [Fact]
    public void MovableMemory_KeepsLittle_AndAddsNoShare()
    {
        MachineSession session = Recorded(474335);

        Online(session, 8, "online_movable");

        Marks(session, 1, ZoneType.Movable).Should().Be("128 1672 3216 4760");
        session.Kernel.Watermarks.MinFreeKilobytes.Should().Be(45056);
        session.Write(Memory + "memory151/state", "offline");
        Marks(session, 1, ZoneType.Movable).Should().Be("128 1479 2830 4181");
    }

    /// <summary>Pages above the high marks: a block that has just come has no marks yet.</summary>
    [Fact]
    public void Zonelists_CountThePagesAboveTheMarks()
    {
        MachineSession session = Recorded(474335);
        LogSink log = new();
        session.Machine.Simulation.AddSink(log);
        Online(session, 1, "online");
        session.Write(Memory + "memory146/state", "offline");

        log.Lines.Where(line => line.StartsWith("Built", StringComparison.Ordinal)).Should().Equal(
            "Built 2 zonelists, mobility grouping on.  Total pages: 493802",
            "Built 2 zonelists, mobility grouping on.  Total pages: 461034");
    }

    [Fact]
    public void NodeWithNothingOnlineYet_HasNoMarks()
    {
        MachineSession session = Recorded(474334);

        Marks(session, 1, ZoneType.Movable).Should().Be("0 0 0 0", "marks are set when memory goes online, not when it is added");
        Online(session, 1, "online");
        session.Write(Memory + "memory146/state", "offline");
        Marks(session, 1, ZoneType.Movable).Should().Be("32 32 32 32");
        Marks(session, 1, ZoneType.Normal).Should().Be("0 0 0 0");
    }

    /// <summary>Without huge pages the size of memory decides: the root of 16 times the kB above the high marks.</summary>
    [Fact]
    public void WithoutHugePages_TheRootOfMemoryIsKept()
    {
        MachineSession session = Given.Booted(Machine("transparent_hugepage=never"));

        session.Kernel.Numa.Node(0).FreePages.Should().Be(523935);
        session.Kernel.Watermarks.MinFreeKilobytes.Should().Be(5790, "its square is 33524100, and 16 times the kB are 33531840");
    }

    /// <summary>Blocks on a machine of which the kernel itself holds so much that DMA and DMA32 have what they had in the recording.</summary>
    private static MachineSession Recorded(ulong dma32)
    {
        MachineSession session = Given.AfterSteps(Machine("memhp_default_state=offline"));
        Keep(session, ZoneType.Dma, 3592);
        Keep(session, ZoneType.Dma32, dma32);
        return session;
    }

    private static string Machine(string commandLine) => $$$"""
        kernel: {command_line: {{{commandLine}}}}
        memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 2}]}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
        steps: [{create-region: {decoder: decoder0.0, size: 1GiB}}]
        """;

    private static void Keep(MachineSession session, ZoneType type, ulong managed)
    {
        Zone zone = session.Kernel.Numa.Node(0).Zone(type);
        zone.RemovePages(new PageRange(zone.StartPfn + 1, 0), zone.ManagedPages - managed);
    }

    private static void Online(MachineSession session, int blocks, string type)
    {
        for (int block = 146; block < 146 + blocks; block++)
        {
            session.Write($"{Memory}memory{block}/state", type);
        }
    }

    private static string Marks(MachineSession session, int node, ZoneType type)
    {
        ZoneWatermarks marks = session.Kernel.Numa.Node(node).Zone(type).Watermarks;
        return $"{marks.Min} {marks.Low} {marks.High} {marks.Promo}";
    }
}
