using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Blocks of the RAM that the machine starts with, offline and online again (recordings 09-hotplug-options, 07-one-offline to 08-mixed).</summary>
public sealed class BootBlockTests
{
    private const string Memory = "/sys/devices/system/memory/";

    [Fact]
    public void BlockThatTheKernelDoesNotHold_GoesOfflineAndBack()
    {
        MachineSession session = Booted("", out LogSink log);

        Store(session, 13, "offline").Should().Be(Errno.Ok);
        session.Text(Memory + "memory13/valid_zones").Should().Be("DMA32 Movable");
        Zones(session).Should().Be("DMA32 4096 503808 471040");
        log.Lines.Should().Contain("Offlined Pages 32768");
        Store(session, 13, "offline").Should().Be(Errno.EINVAL, "it is offline already");

        Store(session, 13, "online_kernel").Should().Be(Errno.Ok);
        session.Text(Memory + "memory13/valid_zones").Should().Be("DMA32");
        Zones(session).Should().Be("DMA32 4096 503808 503808");

        Store(session, 13, "offline").Should().Be(Errno.Ok);
        Store(session, 13, "online_movable").Should().Be(Errno.Ok);
        session.Text(Memory + "memory13/valid_zones").Should().Be("Movable");
        Zones(session).Should().Be("DMA32 4096 503808 471040, Movable 425984 32768 32768");
    }

    [Theory]
    [InlineData(0, Errno.EINVAL, "it spans zones")]
    [InlineData(2, Errno.EBUSY, "the kernel image lies there")]
    [InlineData(14, Errno.EBUSY, "early allocations lie there")]
    [InlineData(15, Errno.EINVAL, "firmware has pages in it")]
    public void BlocksThatStay(int block, Errno error, string why)
    {
        MachineSession session = Booted("", out _);

        Store(session, block, "offline").Should().Be(error, why);
        session.Text($"{Memory}memory{block}/state").Should().Be("online");
    }

    /// <summary><c>memory_block_add_nid</c>: it belongs to the last of its nodes, is linked to each, and has no zone.</summary>
    [Fact]
    public void BlockOfTwoNodes_HasNoZone()
    {
        MachineSession session = Given.Booted("memory: {nodes: [{pxm: 0, size: 4160MiB, cpus: 1}, {pxm: 1, size: 4GiB, cpus: 1}]}");
        NumaNode[] nodes = [session.Kernel.Numa.Node(0), session.Kernel.Numa.Node(1)];
        string name = nodes[0].Links.Keys.Intersect(nodes[1].Links.Keys).Should().ContainSingle(link => link.StartsWith("memory", StringComparison.Ordinal)).Subject;
        MemoryBlock shared = session.Kernel.Memory.Blocks.Single(block => block.Name == name);

        shared.Links.Keys.Should().Contain(["node0", "node1"]);
        shared.Node.Should().Be(nodes[1]);
        session.Text($"{Memory}{name}/valid_zones").Should().Be("none");
        session.Write($"{Memory}{name}/state", "offline").Should().Be(Errno.EINVAL);
    }

    [Fact]
    public void WithoutRemoval_NothingGoesOffline()
    {
        MachineSession session = Given.AfterSteps("""
            memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 1}]}
            kernel: {config: {MEMORY_HOTREMOVE: n}}
            """);

        Store(session, 13, "offline").Should().Be(Errno.EINVAL);
        session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.BlockStays);
        session.Text(Memory + "memory13/removable").Should().Be("0");
        session.Read(Memory + "memory13/valid_zones").Error.Should().Be(Errno.ENOENT);
    }

    /// <summary>Variant auto-movable: plenty of kernel memory is there, so that Movable comes first.</summary>
    [Fact]
    public void AutoMovable_PrefersMovableForABlockOfTheCpusNode()
    {
        MachineSession session = Booted("memory_hotplug.online_policy=auto-movable", out _);

        Store(session, 13, "offline").Should().Be(Errno.Ok);
        session.Text(Memory + "memory13/valid_zones").Should().Be("Movable DMA32");
        Store(session, 13, "online").Should().Be(Errno.Ok);
        session.Text(Memory + "memory13/valid_zones").Should().Be("Movable");
    }

    [Theory]
    [InlineData("auto_movable_ratio=7", "Movable DMA32")]
    [InlineData("auto_movable_ratio=6", "DMA32 Movable")]
    [InlineData("auto_movable_ratio=-1", "Movable DMA32")]
    public void AutoMovable_ComparesWithTheKernelsMemory(string ratio, string zones)
    {
        MachineSession session = Booted("memory_hotplug.online_policy=auto-movable memory_hotplug." + ratio, out _);

        Store(session, 13, "offline").Should().Be(Errno.Ok);

        session.Text(Memory + "memory13/valid_zones").Should().Be(zones, "32768 pages of 475000");
    }

    [Fact]
    public void BlockOnlineInAKernelZoneAgain_CountsForTheRatio()
    {
        MachineSession session = Booted("memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_ratio=7", out _);
        Store(session, 12, "offline");
        Store(session, 13, "offline");
        session.Text(Memory + "memory13/valid_zones").Should().Be("DMA32 Movable");

        Store(session, 12, "online_kernel");

        session.Text(Memory + "memory13/valid_zones").Should().Be("Movable DMA32");
    }

    private static Errno Store(MachineSession session, int block, string state) => session.Write($"{Memory}memory{block}/state", state);

    private static string Zones(MachineSession session) => string.Join(", ", session.Kernel.Numa.Node(0).Zones
        .Where(zone => zone.IsPopulated && zone.Type != ZoneType.Dma)
        .Select(zone => $"{zone.Name} {zone.StartPfn} {zone.SpannedPages} {zone.ManagedPages}"));

    private static MachineSession Booted(string commandLine, out LogSink log) => Given.Booted($$$"""
        kernel:
          command_line: "{{{commandLine}}}"
          image: {code: 0x10000000-0x10ffffff, rodata: 0x11000000-0x11ffffff, data: 0x12000000-0x12ffffff, bss: 0x13000000-0x13ffffff}
        memory:
          nodes: [{pxm: 0, size: 2GiB, cpus: 2}]
          efi: [{range: 0x0-0x7bffffff, type: conventional}, {range: 0x7c000000-0x7fffffff, type: acpi_reclaim}]
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 8GiB, targets: [12], restrictions: 0xf}]
        """, out log);
}
