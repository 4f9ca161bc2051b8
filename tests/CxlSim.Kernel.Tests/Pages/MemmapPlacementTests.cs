using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Where struct pages of added memory lie: fact sheet 30, section 4.8 and the walk of section 12.</summary>
public sealed class MemmapPlacementTests
{
    /// <summary>64 MiB for 4 GiB, of the node next to the one that has no memory yet.</summary>
    [Fact]
    public void OfANewNode_TheyLieOnDram()
    {
        MachineSession session = PageMachine.With("memhp_default_state=offline");

        session.Zone(0, ZoneType.Normal).Used(PageUse.Memmap).Should().Be(16384);
        session.Zone(0, ZoneType.Normal).FreePageCount.Should().Be(session.Zone(0, ZoneType.Normal).ManagedPages - 16384);
    }

    /// <summary>M-63: the second device of a node finds kernel memory there. Its struct pages keep the blocks of the first from going offline.</summary>
    [Fact]
    public void OfANodeWithNormalMemory_TheyLieThere()
    {
        MachineSession session = Given.AfterSteps("""
            memory: {nodes: [{pxm: 0, size: 2GiB, cpus: 1}]}
            host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1GiB}}, {type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x490000000, size: 4GiB, targets: [12], restrictions: 0xf}]
            kernel: {command_line: memhp_default_state=online_kernel}
            steps:
            - create-region: {decoder: decoder0.0, memdevs: [mem0]}
            - create-region: {decoder: decoder0.0, memdevs: [mem1]}
            """);

        session.Zone(1, ZoneType.Normal).Used(PageUse.Memmap).Should().Be(4096, "16 MiB for the second GiB");
        session.State(146, "offline").Should().Be(Errno.EBUSY);
        session.Kernel.Refusals.All[^1].Reason.Should().Contain("memory map of [mem 0x4d0000000-0x50fffffff]");
    }

    [Fact]
    public void OfMemoryThatHoldsItsOwn_NothingIsTaken()
    {
        MachineSession session = PageMachine.With("memory_hotplug.memmap_on_memory=Y memhp_default_state=online_movable");

        session.Zone(0, ZoneType.Normal).FreePageCount.Should().Be(session.Zone(0, ZoneType.Normal).ManagedPages);
        session.Zone(1, ZoneType.Movable).FreePageCount.Should().Be(1032192, "variant B: 32256 of each block");
    }

    /// <summary>The range of the line begins behind them: <c>offline_pages</c> is not asked for these.</summary>
    [Fact]
    public void OfMemoryThatHoldsItsOwn_TheyDoNotGoOffline()
    {
        MachineSession session = PageMachine.With("memory_hotplug.memmap_on_memory=Y memhp_default_state=online_kernel");
        session.Take(10, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Kernel);
        session.State(146, "offline").Should().Be(Errno.EBUSY);

        session.Kernel.Log.Lines.Last().Text.Should().Be("memory offlining [mem 0x490200000-0x497ffffff] failed due to failure to isolate range");
    }

    [Fact]
    public void Removed_TheyAreFreeAgain()
    {
        MachineSession session = PageMachine.With("memhp_default_state=offline");
        session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0").Should().Be(Errno.Ok);

        session.Zone(0, ZoneType.Normal).Used(PageUse.Memmap).Should().Be(0);
        session.Zone(0, ZoneType.Normal).FreePageCount.Should().Be(session.Zone(0, ZoneType.Normal).ManagedPages);
    }

    /// <summary>As nr_memmap_pages of Linux 6.12.107 had it: the tails of a large page share their struct pages.</summary>
    [Theory]
    [InlineData(0x200000, 0x40000000, 1024)]
    [InlineData(0x1000, 0x10000000, 1024)]
    [InlineData(0x40000000, 0x40000000, 2)]
    public void OfADaxDevice_TheyAreFewer(ulong align, ulong size, ulong pages)
    {
        MachineSession session = PageMachine.With("memhp_default_state=offline");
        session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/devices/dax0.0/size", "0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/devices/dax0.0/align", $"{align}").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/devices/dax0.0/size", $"{size}").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);

        session.Kernel.Numa.Node(0).Used(PageUse.Memmap).Should().Be(pages);
        session.Write("/sys/bus/dax/drivers/device_dax/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Kernel.Numa.Node(0).Used(PageUse.Memmap).Should().Be(0);
    }

    /// <summary>A pool whose memory map is larger than what the kernel may use: 1 TiB needs 16 GiB.</summary>
    [Fact]
    public void HugePool_ExhaustsTheKernelZones()
    {
        MachineSession session = Pool("memhp_default_state=online_movable");

        session.Kernel.Memory.Blocks.Should().OnlyContain(block => block.IsBootMemory);
        session.Kernel.Refusals.All.Should().Contain(refusal => refusal.Rule == RefusalRules.MemmapRoom && refusal.Error == Errno.ENOMEM);
        ulong kept = session.Kernel.Numa.Node(0).Used(PageUse.Memmap);
        (kept > 0, kept % 512).Should().Be((true, 0UL), "whole sections keep theirs, as on Linux 6.12.107");
        session.Write("/sys/bus/dax/drivers/kmem/bind", "dax0.0").Should().Be(Errno.EEXIST, "they are in the way");
        session.Kernel.Refusals.All.Should().Contain(refusal => refusal.Rule == RefusalRules.MemmapLeft);
        session.Write("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/device_dax/bind", "dax0.0").Should().Be(Errno.EINVAL, "it has failed before");
        session.Kernel.Numa.Node(0).Used(PageUse.Memmap).Should().Be(kept);
        session.Around(new Hpa(0x1000000000)).Should().Be("CXL Window 0 > region0");
        session.Kernel.Numa.Node(1).IsOnline.Should().BeFalse();
    }

    [Fact]
    public void HugePool_HoldsItsOwnStructPages()
    {
        MachineSession session = Pool("memhp_default_state=online_movable memory_hotplug.memmap_on_memory=Y");

        session.Zone(1, ZoneType.Movable).PresentPages.Should().Be(1UL << 28);
    }

    private static MachineSession Pool(string commandLine) => Given.AfterSteps($$"""
        memory: {nodes: [{pxm: 0, size: 4GiB, cpus: 2}]}
        host_bridges: [{uid: 12, bus: 0x0c, component_registers: 0x480000000, root_ports: [{type3: {volatile: 1TiB} }]}]
        windows: [{base: 0x1000000000, size: 1TiB, targets: [12], restrictions: 0xf}]
        kernel: {command_line: "{{commandLine}}"}
        steps: [{create-region: {decoder: decoder0.0} }]
        """);
}
