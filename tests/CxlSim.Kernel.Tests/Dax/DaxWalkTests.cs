using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>The walk from a region of 4 GiB to memory and back, and its variants (fact sheet on DAX and hotplug, 12).</summary>
public sealed class DaxWalkTests
{
    private const string Memory = "/sys/devices/system/memory/";
    private const string Node = "/sys/devices/system/node/";
    private const string Tier = "/sys/devices/virtual/memory_tiering/memory_tier22/nodelist";
    private const string Small = "0x0-0x7fffffff, 0x100000000-0x27fffffff";
    private const string Large = "0x0-0x7fffffff, 0x100000000-0x17ffffffff";

    [Fact]
    public void Region_BecomesADevice_AndTheDeviceBlocks()
    {
        MachineSession session = Walk("command_line: memhp_default_state=offline");
        const string dax = DaxMachine.Dax + "dax0.0/";

        new[] { "size", "align", "target_node", "resource", "memmap_on_memory", "mapping0/start", "mapping0/end", "mapping0/page_offset" }.Select(name => session.Text(dax + name))
            .Should().Equal("4294967296", "2097152", "1", "0x490000000", "1", "0x490000000", "0x58fffffff", "0x0");
        new[] { "available_size", "seed", "create" }.Select(name => session.Text(DaxMachine.Region + name)).Should().Equal("0", "", "");
        session.Around(new Hpa(0x4_9000_0000)).Should().Be("CXL Window 0 > region0 > dax0.0 > System RAM (kmem)");
        session.Around(new Hpa(0x5_8fff_ffff)).Should().Be("CXL Window 0 > region0 > dax0.0 > System RAM (kmem)");
        Ids(session).Should().Equal(Enumerable.Range(146, 32).Select(id => (ulong)id));
        (session.Text(Memory + "memory146/phys_index"), session.Text(Memory + "memory177/phys_index")).Should().Be(("00000092", "000000b1"));
        (session.Text(Node + "online"), session.Text(Node + "has_memory")).Should().Be(("0-1", "0"));
        session.Kernel.Sysfs.Find(Node + "node1")!.Value.Names().Count(name => name.StartsWith("memory1", StringComparison.Ordinal)).Should().Be(32);
        Enumerable.Range(146, 32).Select(id => session.Text($"{Memory}memory{id}/valid_zones")).Distinct().Should().Equal("Normal Movable");
    }

    [Fact]
    public void Blocks_GoOnline_OneByOne()
    {
        MachineSession session = Walk("command_line: memhp_default_state=offline");
        Zone movable = session.Kernel.Numa.Node(1).Zone(ZoneType.Movable);

        session.SetBlocks("online_movable", 146);
        (movable.PresentPages, movable.SpannedPages).Should().Be((32768UL, 32768UL));
        session.Text(Tier).Should().Be("1");

        session.SetBlocks("online_movable", 148);
        (movable.PresentPages, movable.SpannedPages).Should().Be((65536UL, 98304UL));
        session.Text(Memory + "memory147/valid_zones").Should().Be("Movable Normal", "it lies in the span");
        session.Text(Memory + "memory149/valid_zones").Should().Be("Normal Movable");

        session.SetBlocks("online", 147, 149);
        (session.Text(Memory + "memory147/valid_zones"), session.Text(Memory + "memory149/valid_zones")).Should().Be(("Movable", "Normal"));
        session.Write(Memory + "memory146/state", "online").Should().Be(Errno.EINVAL);
        session.Write(Memory + "memory146/online", "1").Should().Be(Errno.Ok);
    }

    [Fact]
    public void AllOffline_GoesWithoutATrace()
    {
        MachineSession session = Walk("command_line: memhp_default_state=online_movable");
        session.Text(Tier).Should().Be("1");

        session.SetBlocks("offline", [.. Enumerable.Range(146, 32)]);
        session.Read(Tier).Error.Should().Be(Errno.ENOENT, "its last block is offline");
        session.Text(Node + "online").Should().Be("0-1");

        session.Write(DaxMachine.Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        Ids(session).Should().BeEmpty();
        session.Text(Node + "online").Should().Be("0");
        session.Kernel.Sysfs.Find(Node + "node1").Should().BeNull();
        session.Around(new Hpa(0x4_9000_0000)).Should().Be("CXL Window 0 > region0");
    }

    [Fact]
    public void UnboundWhileOnline_IsLeaked()
    {
        MachineSession session = Walk("command_line: memhp_default_state=online_movable");

        session.Write(DaxMachine.Drivers + "kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        Ids(session).Should().HaveCount(32);
        session.Write(DaxMachine.Drivers + "kmem/bind", "dax0.0").Should().Be(Errno.EBUSY);
        session.Write(Given.Devices + "decoder0.0/delete_region", "region0").Should().Be(Errno.Ok);
        session.Around(new Hpa(0x4_9000_0000)).Should().Be("CXL Window 0 > dax0.0 > System RAM (kmem)");
    }

    /// <summary>B: each block holds its own struct pages.</summary>
    [Fact]
    public void VariantB_MemmapOnMemory()
    {
        Zone zone = Walk("command_line: memory_hotplug.memmap_on_memory=Y memhp_default_state=online_movable").Kernel.Numa.Node(1).Zone(ZoneType.Movable);

        (zone.PresentPages, zone.ManagedPages).Should().Be((1048576UL, 1032192UL));
    }

    /// <summary>C and D: a window that is not aligned to large blocks, on a machine that has them; since 6.16 the window is heeded.</summary>
    [Theory]
    [InlineData("6.12", 50, 50, 0x19_0000_0000, 0x19_7fff_ffff)]
    [InlineData("6.16", 393, 408, 0x18_9000_0000, 0x19_8fff_ffff)]
    public void VariantsCAndD_LargeBlocks(string version, int first, int last, ulong start, ulong end)
    {
        MachineSession session = Walk($"version: \"{version}\"", Large, "0x1890000000", "0x1880000000");

        Ids(session).Should().Equal(Enumerable.Range(first, last - first + 1).Select(id => (ulong)id));
        session.Text(DaxMachine.Dax + "dax0.0/size").Should().Be("4294967296");
        session.Kernel.Iomem.FindOverlap(AddressRange.FromBounds(new Hpa(0x18_9000_0000), new Hpa(0x19_8fff_ffff)), ResourceFlags.DriverManaged)!.Parent!.Range
            .Should().Be(AddressRange.FromBounds(new Hpa(start), new Hpa(end)));
    }

    /// <summary>E: a node without kernel memory of its own gets nothing movable, unless nodes do not count.</summary>
    [Theory]
    [InlineData("Y", "Normal")]
    [InlineData("N", "Movable")]
    public void VariantE_AutoMovable(string aware, string zone)
    {
        MachineSession session = Walk($"command_line: memory_hotplug.online_policy=auto-movable memory_hotplug.auto_movable_numa_aware={aware} memhp_default_state=offline");

        session.SetBlocks("online", [.. Enumerable.Range(146, 32)]);

        session.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory).Select(block => block.Zone!.Name).Distinct().Should().Equal(zone);
    }

    private static IEnumerable<ulong> Ids(MachineSession session) => session.Kernel.Memory.Blocks.Where(block => !block.IsBootMemory).Select(block => block.Id);

    private static MachineSession Walk(string kernel, string dram = Small, string window = "0x490000000", string registers = "0x480000000") => Given.AfterSteps($$$"""
        kernel: { {{{kernel}}} }
        memory: {nodes: [{pxm: 0, ranges: [{{{dram}}}], cpus: 2}]}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: {{{registers}}}, root_ports: [{type3: {volatile: 4GiB}}]}]
        windows: [{base: {{{window}}}, size: 4GiB, targets: [12], restrictions: 0xf}]
        steps: [{create-region: {decoder: decoder0.0}}]
        """);
}
