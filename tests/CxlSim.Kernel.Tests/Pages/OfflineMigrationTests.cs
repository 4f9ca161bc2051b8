using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Blocks that go offline while somebody uses them: fact sheet 30, section 4.9.</summary>
public sealed class OfflineMigrationTests
{
    private readonly MachineSession _session = PageMachine.With("memhp_default_state=online_movable");

    /// <summary>M-74: pages go to other nodes, not to the next block.</summary>
    [Fact]
    public void PagesMoveToDram()
    {
        _session.Take(1000, PageMachine.Policy(PolicyMode.Bind, 1));

        _session.State(146, "offline").Should().Be(Errno.Ok);

        _session.Where().Should().Be("0.Normal 1000");
        _session.Zone(1, ZoneType.Movable).FreePageCount.Should().Be(31 * 32768);
    }

    [Fact]
    public void OnlineAgain_TheBlockIsFreeAsAWhole()
    {
        _session.Take(1000, PageMachine.Policy(PolicyMode.Bind, 1));
        _session.State(146, "offline").Should().Be(Errno.Ok);
        _session.State(146, "online_movable").Should().Be(Errno.Ok);

        _session.Zone(1, ZoneType.Movable).FreePageCount.Should().Be(32 * 32768);
        string.Join(' ', _session.Zone(1, ZoneType.Movable).BlocksByOrder).Should().Be("0 0 0 0 0 0 0 0 0 0 1024");
    }

    /// <summary>M-71: Linux tries on until a signal ends it, and the block is as it was.</summary>
    [Fact]
    public void WithoutRoomElsewhere_ASignalEndsIt()
    {
        _session.Take(1000, PageMachine.Policy(PolicyMode.Bind, 1), task: "cxl");
        ulong dram = _session.Zone(0, ZoneType.Normal).ManagedPages + _session.Zone(0, ZoneType.Dma32).ManagedPages + _session.Zone(0, ZoneType.Dma).ManagedPages;
        _session.Take(dram - 60000, PageMachine.Policy(PolicyMode.Bind, 0), task: "dram").Should().Be(Errno.Ok);
        int others = Enumerable.Range(0, 1000).TakeWhile(task => _session.Take(100, PageMachine.Policy(PolicyMode.Bind, 0), task: $"task{task}") == Errno.Ok).Count();
        int last = Enumerable.Range(0, 1000).TakeWhile(task => _session.Take(1, PageMachine.Policy(PolicyMode.Bind, 0), task: $"page{task}") == Errno.Ok).Count();
        (others < 1000 && last < 1000).Should().BeTrue("DRAM is full");

        _session.State(146, "offline").Should().Be(Errno.EINTR);

        _session.Text("/sys/devices/system/memory/memory146/state").Should().Be("online");
        _session.Where("cxl").Should().Be("1.Movable 1000");
        _session.Zone(1, ZoneType.Movable).FreePageCount.Should().Be((32 * 32768) - 1000);
        _session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.BlockBusyPages);
    }

    /// <summary>M-72: in a kernel zone what the kernel itself holds ends it at once.</summary>
    [Fact]
    public void KernelPages_AreNotMoved()
    {
        MachineSession session = PageMachine.With("memhp_default_state=online_kernel");
        session.Take(10, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Kernel, "slab").Should().Be(Errno.Ok);

        session.State(146, "offline").Should().Be(Errno.EBUSY);
        session.Kernel.Refusals.All[^1].Reason.Should().Contain("slab");
        session.State(147, "offline").Should().Be(Errno.Ok, "no page of the kernel lies there");
    }

    [Fact]
    public void PinnedPages_KeepTheBlockUntilASignal()
    {
        MachineSession session = PageMachine.With("memhp_default_state=online_kernel");
        session.Take(10, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Pinned, "rdma").Should().Be(Errno.Ok);

        session.State(146, "offline").Should().Be(Errno.EINTR);
        session.End("rdma");
        session.State(146, "offline").Should().Be(Errno.Ok);
    }

    /// <summary>Pages of kernel zones stay in kernel zones: there is one in DRAM.</summary>
    [Fact]
    public void PagesOfNormal_GoToKernelZones()
    {
        MachineSession session = PageMachine.With("memhp_default_state=online_kernel");
        session.Take(1000, PageMachine.Policy(PolicyMode.Bind, 1)).Should().Be(Errno.Ok);

        session.State(146, "offline").Should().Be(Errno.Ok);
        session.Where().Should().Be("0.Normal 1000");
    }
}
