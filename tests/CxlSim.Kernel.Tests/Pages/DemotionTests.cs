using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Pages that go to slower memory when their node runs short: fact sheet 30, T-25 and A-21.</summary>
public sealed class DemotionTests
{
    private const string Enabled = "/sys/kernel/mm/numa/demotion_enabled";
    private readonly MachineSession _session = PageMachine.With("memhp_default_state=online_movable");

    private ulong Dram => _session.Zone(0, ZoneType.Normal).ManagedPages + _session.Zone(0, ZoneType.Dma32).ManagedPages;

    [Fact]
    public void BoundTask_PushesOlderPagesToCxl()
    {
        _session.Write(Enabled, "1");
        _session.Take(Dram / 2, task: "old").Should().Be(Errno.Ok);

        _session.Take(Dram * 3 / 4, PageMachine.Policy(PolicyMode.Bind, 0), task: "new").Should().Be(Errno.Ok);

        _session.Where("new").Should().NotContain("Movable");
        _session.Where("old").Should().Contain("1.Movable");
        ulong demoted = _session.Zone(1, ZoneType.Movable).Used(PageUse.Anonymous);
        _session.Text("/sys/devices/system/node/node0/vmstat").Should().Contain($"pgdemote_kswapd {demoted}");
    }

    [Fact]
    public void WithoutDemotion_TheTaskIsKilled()
    {
        _session.Take(Dram / 2, task: "old").Should().Be(Errno.Ok);

        _session.Take(Dram * 3 / 4, PageMachine.Policy(PolicyMode.Bind, 0), task: "new").Should().Be(Errno.ENOMEM);
        _session.Where("new").Should().Be("nothing");
        _session.Where("old").Should().NotContain("Movable");
    }

    /// <summary>A-21: as long as the list has a node with room, nobody is woken.</summary>
    [Fact]
    public void DefaultPolicy_SpillsBeforeItDemotes()
    {
        _session.Write(Enabled, "1");
        _session.Take(Dram + 1000).Should().Be(Errno.Ok);

        _session.Text("/sys/devices/system/node/node0/vmstat").Should().Contain("pgdemote_kswapd 0");
        _session.Where().Should().Contain("1.Movable");
    }

    /// <summary>Demotion ends where the slower node is at its min mark.</summary>
    [Fact]
    public void FullTargets_TakeNoMore()
    {
        _session.Write(Enabled, "1");
        _session.Take(Dram / 2, task: "old").Should().Be(Errno.Ok);
        Zone movable = _session.Zone(1, ZoneType.Movable);
        _session.Take(movable.FreePageCount - movable.Watermarks.Low - 1000, PageMachine.Policy(PolicyMode.Bind, 1), task: "cxl").Should().Be(Errno.Ok);

        _session.Take(Dram * 3 / 4, PageMachine.Policy(PolicyMode.Bind, 0), task: "new").Should().Be(Errno.ENOMEM);
        movable.FreePageCount.Should().Be(movable.Watermarks.Min);
    }
}
