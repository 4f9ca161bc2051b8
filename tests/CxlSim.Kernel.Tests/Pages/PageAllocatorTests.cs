using CxlSim.Core;
using CxlSim.Session;

namespace CxlSim.Kernel.Tests;

/// <summary>Where pages come from: fact sheet 30, section 6.</summary>
public sealed class PageAllocatorTests
{
    private readonly MachineSession _session = PageMachine.With("memhp_default_state=online_movable");

    private Zone Normal => _session.Zone(0, ZoneType.Normal);

    private Zone Dma32 => _session.Zone(0, ZoneType.Dma32);

    private Zone Movable => _session.Zone(1, ZoneType.Movable);

    /// <summary>A-04, A-20, A-21: 0.Normal, 0.DMA32, 0.DMA, 1.Movable, each down to its low mark and what it keeps for lower requests.</summary>
    [Fact]
    public void UserPages_FillDramToItsLowMarks_ThenCxl()
    {
        _session.Take(Normal.ManagedPages + Dma32.ManagedPages + 10000).Should().Be(Errno.Ok);

        Normal.FreePageCount.Should().Be(Normal.Watermarks.Low);
        Dma32.FreePageCount.Should().Be(Dma32.Watermarks.Low + (Normal.ManagedPages / 256), "A-12: DMA32 keeps 1/256 of the zones above it");
        Movable.FreePageCount.Should().BeLessThan(Movable.ManagedPages);
    }

    /// <summary>A-03: a request of the kernel ends where the kernel zones end, at their min marks.</summary>
    [Fact]
    public void KernelPages_NeverComeFromMovable()
    {
        _session.Take(Normal.ManagedPages + Dma32.ManagedPages + 10000, use: PageUse.Kernel).Should().Be(Errno.ENOMEM);

        Movable.FreePageCount.Should().Be(Movable.ManagedPages);
        _session.Kernel.Refusals.All[^1].Rule.Should().Be(RefusalRules.TaskRoom);
    }

    /// <summary>A-22: in the end the min marks are what is kept.</summary>
    [Fact]
    public void AtTheEnd_TheMinMarksStay()
    {
        ulong all = 0;
        while (_session.Take(1000, task: $"task{all}") == Errno.Ok)
        {
            all++;
        }

        Normal.FreePageCount.Should().BeInRange(Normal.Watermarks.Min, Normal.Watermarks.Min + 1000);
        Movable.FreePageCount.Should().BeInRange(Movable.Watermarks.Min, Movable.Watermarks.Min + 1000);
    }

    [Fact]
    public void WhatEnds_GivesEverythingBack()
    {
        ulong normal = Normal.FreePageCount;
        string before = string.Join(' ', Normal.BlocksByOrder);
        _session.Take(Normal.ManagedPages + Dma32.ManagedPages).Should().Be(Errno.Ok);
        _session.End().Should().Be(Errno.Ok);

        Normal.FreePageCount.Should().Be(normal);
        string.Join(' ', Normal.BlocksByOrder).Should().Be(before, "free pages that touch are one block again");
        _session.End().Should().Be(Errno.ESRCH);
    }

    /// <summary>A-33: the node that was wanted counts a foreign request, the one that served it a miss.</summary>
    [Fact]
    public void Numastat_TellsWhoWasWanted()
    {
        _session.Take(100, PageMachine.Policy(PolicyMode.Bind, 1));
        _session.Take(50, new MemoryPolicy(PolicyMode.Preferred, [1], 1));
        _session.Take(7, PageMachine.Policy(PolicyMode.Interleave, 1));

        _session.Text("/sys/devices/system/node/node1/numastat").Split('\n')
            .Should().Equal("numa_hit 157", "numa_miss 0", "numa_foreign 0", "interleave_hit 7", "local_node 50", "other_node 107");
    }

    [Fact]
    public void Numastat_CountsMissAndForeign_WhereTheFirstNodeIsFull()
    {
        _session.Take(Movable.FreePageCount - Movable.Watermarks.Low, PageMachine.Policy(PolicyMode.Bind, 1));
        ZoneStatistics normal = Normal.Statistics;
        ulong miss = normal.Miss;

        _session.Take(10, PageMachine.Policy(PolicyMode.Preferred, 1), task: "more").Should().Be(Errno.Ok);

        _session.Where("more").Should().Be("0.Normal 10");
        (normal.Miss - miss, Movable.Statistics.Foreign).Should().Be((10UL, 10UL));
    }

    [Fact]
    public void Meminfo_ShowsWhatIsInUse()
    {
        _session.Take(256, PageMachine.Policy(PolicyMode.Bind, 1));

        _session.Text("/sys/devices/system/node/node1/meminfo").Should().ContainAll("Node 1 MemUsed:            1024 kB", "Node 1 AnonPages:          1024 kB", "Node 1 Active(anon):       1024 kB");
        _session.Text("/sys/devices/system/node/node1/vmstat").Should().Contain("nr_anon_pages 256");
    }
}
