using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>Broken pages: fact sheet 30, sections 4.5, 4.7 and 4.11.</summary>
public sealed class MemoryFailureTests
{
    private const string Memory = "/sys/devices/system/memory/";
    private const string Failures = "/sys/devices/system/node/node1/memory_failure/";
    private readonly MachineSession _session = PageMachine.With("memhp_default_state=online_movable");

    [Fact]
    public void BrokenPage_IsOutOfUse_AndCounted()
    {
        ulong free = _session.Zone(1, ZoneType.Movable).FreePageCount;
        Hard(0x490001000).Should().Be(Errno.Ok);

        _session.Zone(1, ZoneType.Movable).FreePageCount.Should().Be(free - 1);
        _session.Zone(1, ZoneType.Movable).ManagedPages.Should().Be(32 * 32768, "MemTotal stays");
        (_session.Text(Failures + "total"), _session.Text(Failures + "recovered")).Should().Be(("1", "1"));
        MeminfoView.Render(_session.Kernel).Should().Contain("HardwareCorrupted:     4 kB");
        Hard(0x490001fff).Should().Be(Errno.EHWPOISON);
    }

    /// <summary>M-50.</summary>
    [Fact]
    public void BlockWithABrokenPage_GoesOffline_AndNeverOnlineAgain()
    {
        Hard(0x490001000);

        _session.State(146, "offline").Should().Be(Errno.Ok);
        _session.State(146, "online").Should().Be(Errno.EHWPOISON);
        _session.State(147, "offline").Should().Be(Errno.Ok);
        _session.State(147, "online").Should().Be(Errno.Ok);
    }

    /// <summary>M-80: what is removed is not counted any more.</summary>
    [Fact]
    public void RemovedMemory_TakesItsBrokenPagesWithIt()
    {
        Hard(0x490001000);
        for (int block = 146; block < 178; block++)
        {
            _session.State(block, "offline").Should().Be(Errno.Ok);
        }

        _session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0");
        _session.Kernel.Failures.BrokenPages.Should().Be(0);
    }

    /// <summary>As Linux 6.12.107 answered and logged it.</summary>
    [Fact]
    public void LogLines_AreLinuxs()
    {
        Hard(0x490001000);
        Hard(0x490001000);
        Hard(0xff0000000000).Should().Be(Errno.ENXIO);
        Soft(0xff0000000000).Should().Be(Errno.ENXIO);
        Soft(0x490002000).Should().Be(Errno.Ok);
        Soft(0x490002000).Should().Be(Errno.Ok);

        LinesOfFailures(_session).Should().Equal(
            "Memory failure: 0x490001: recovery action for free buddy page: Recovered",
            "Memory failure: 0x490001: recovery action for already poisoned page: Failed",
            "Memory failure: 0xff0000000: memory outside kernel control",
            "Soft offline: 0x490002: page already poisoned");
        _session.Text(Failures + "total").Should().Be("1");
        MeminfoView.Render(_session.Kernel).Should().Contain("HardwareCorrupted:     8 kB");
    }

    [Fact]
    public void OfflineMemory_IsOutsideOfControl()
    {
        _session.State(146, "offline");

        (Hard(0x490001000), Soft(0x490001000)).Should().Be((Errno.ENXIO, Errno.EIO));
        _session.State(146, "online_movable").Should().Be(Errno.Ok);
    }

    [Fact]
    public void ProgramLosesABrokenPage()
    {
        _session.Take(10, PageMachine.Policy(PolicyMode.Bind, 1));
        Hard(0x490001000).Should().Be(Errno.Ok);

        _session.Where().Should().Be("1.Movable 9");
    }

    [Fact]
    public void SoftOfflining_MovesWhatThePageHolds()
    {
        _session.Take(10, PageMachine.Policy(PolicyMode.Bind, 1));
        Soft(0x490001000).Should().Be(Errno.Ok);

        _session.Kernel.Tasks.Find("task")!.Pages.Should().Be(10);
        _session.Kernel.Tasks.Find("task")!.Ranges.Should().NotContain(range => range.Pages.Shared(new PageRange(0x490001, 1)).Pages > 0);
    }

    [Fact]
    public void FreeHugePage_IsDissolved()
    {
        _session.Write("/sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages", "2");
        Soft(0x490001000).Should().Be(Errno.Ok);

        _session.Text("/sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages").Should().Be("1");
        _session.Zone(1, ZoneType.Movable).FreePageCount.Should().Be((32 * 32768) - 512 - 1);
    }

    [Fact]
    public void HugePageInUse_Moves_AndTheRestOfItIsFree()
    {
        _session.Take(1024, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.TransparentHuge);
        Soft(0x490001000).Should().Be(Errno.Ok);

        _session.Where().Should().Be("1.Movable 1024");
        _session.Zone(1, ZoneType.Movable).FreePageCount.Should().Be((32 * 32768) - 1024 - 1);
    }

    [Fact]
    public void KernelPages_CannotBeSpared()
    {
        MachineSession session = PageMachine.With("memhp_default_state=online_kernel");
        session.Take(10, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Kernel);

        session.Write(Memory + "soft_offline_page", "0x490001000").Should().Be(Errno.EIO);
        session.Write(Memory + "hard_offline_page", "0x490001000").Should().Be(Errno.EBUSY);
        session.Text(Failures + "ignored").Should().Be("1");
        LinesOfFailures(session).Should().Equal(
            "Memory failure: 0x490001: unhandlable page.",
            "Memory failure: 0x490001: unhandlable page.",
            "Memory failure: 0x490001: recovery action for get hwpoison page: Ignored");
    }

    [Theory]
    [InlineData("soft_offline_page", "0x490001000", Errno.EIO)]
    [InlineData("hard_offline_page", "0xffff00000000", Errno.ENXIO)]
    [InlineData("soft_offline_page", "here", Errno.EINVAL)]
    [InlineData("hard_offline_page", "", Errno.EINVAL)]
    public void WhatIsNoOnlineMemory_IsRefused(string file, string address, Errno error)
    {
        MachineSession offline = PageMachine.With("memhp_default_state=offline");

        offline.Write(Memory + file, address).Should().Be(error);
    }

    /// <summary>As Linux 6.12.107 did it: the huge page is split, and one page of it lost.</summary>
    [Theory]
    [InlineData(true, 1023)]
    [InlineData(false, 1024)]
    public void TransparentHugePage_IsSplit(bool isHard, ulong left)
    {
        _session.Take(1024, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.TransparentHuge);
        (isHard ? Hard(0x490003000) : Soft(0x490003000)).Should().Be(Errno.Ok);

        _session.Kernel.Tasks.Find("task")!.Pages.Should().Be(left);
        _session.Zone(1, ZoneType.Movable).Used(PageUse.TransparentHuge).Should().Be(512, "the other one");
        if (isHard)
        {
            LinesOfFailures(_session).Should().Equal("Memory failure: 0x490003: recovery action for dirty LRU page: Recovered");
        }
    }

    /// <summary>As Linux 6.12.107 named them, and what stayed in the pool.</summary>
    [Theory]
    [InlineData(true, "huge page", "3 3")]
    [InlineData(false, "free huge page", "3 3")]
    public void HugePageOfThePool_LeavesIt(bool isInUse, string kind, string left)
    {
        const string Pool = "/sys/devices/system/node/node1/hugepages/hugepages-2048kB/";
        _session.Write(Pool + "nr_hugepages", "4");
        _session.Take(isInUse ? 512UL : 0, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Huge2M);
        Hard(0x490006000).Should().Be(Errno.Ok);
        Hard(0x490009000).Should().Be(Errno.Ok);

        LinesOfFailures(_session).Should().Equal(
            $"Memory failure: 0x490006: recovery action for {kind}: Recovered",
            "Memory failure: 0x490009: recovery action for free buddy page: Recovered");
        $"{_session.Text(Pool + "nr_hugepages")} {_session.Text(Pool + "free_hugepages")}".Should().Be(left);
    }

    /// <summary>As Linux 6.12.107 answered for a page that no program had mapped; the counter never goes back.</summary>
    [Fact]
    public void PageOfADaxDevice_IsNotSpared()
    {
        MachineSession session = PageMachine.With("memhp_default_state=offline");
        session.Write("/sys/bus/dax/drivers/kmem/unbind", "dax0.0").Should().Be(Errno.Ok);
        session.Write("/sys/bus/dax/drivers/device_dax/new_id", "dax0.0").Should().Be(Errno.Ok);

        (Ask(session, "soft"), Ask(session, "hard")).Should().Be((Errno.EIO, Errno.EBUSY));
        LinesOfFailures(session).Should().Equal("Memory failure: 0x490000: recovery action for dax page: Failed");
        session.Text("/sys/devices/system/node/node0/memory_failure/failed").Should().Be("1", "its zone is that of the node of the CPU");
        session.Write("/sys/bus/dax/drivers/device_dax/unbind", "dax0.0").Should().Be(Errno.Ok);
        Ask(session, "hard").Should().Be(Errno.ENXIO);
        MeminfoView.Render(session.Kernel).Should().Contain("HardwareCorrupted:     4 kB");
    }

    /// <summary>The hole below 1 MiB, as Linux 6.12.107 answered.</summary>
    [Fact]
    public void HoleOfABlock_CannotBeSpared() => (Soft(0xb0000), Hard(0xa0000)).Should().Be((Errno.EIO, Errno.EBUSY));

    private static Errno Ask(MachineSession session, string how) => session.Write($"{Memory}{how}_offline_page", "0x490000000");

    private static IEnumerable<string> LinesOfFailures(MachineSession session) => session.Kernel.Log.Lines.Select(line => line.Text)
        .Where(text => text.Contains("emory failure", StringComparison.Ordinal) || text.Contains("Soft", StringComparison.Ordinal));

    private Errno Hard(ulong address) => _session.Write(Memory + "hard_offline_page", $"0x{address:x}");

    private Errno Soft(ulong address) => _session.Write(Memory + "soft_offline_page", $"0x{address:x}");

    /// <summary>Every zone is at its low mark, so the new page is had by demotion; the old one is not what is demoted.</summary>
    [Fact]
    public void SoftOffline_MovesThePageThatReclaimWouldTake()
    {
        MachineSession session = Given.AfterSteps("""
            kernel: {command_line: memhp_default_state=online_movable}
            memory: {dram: 4GiB}
            host_bridges: [{uid: 5, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
            windows: [{base: 0x1000000000, size: 1GiB, targets: [5]}]
            steps:
              - create-region: {decoder: decoder0.0}
              - allocate: {size: 5112012KiB, task: a}
              - write: {path: /sys/kernel/mm/numa/demotion_enabled, value: 1}
            """);

        session.Write("/sys/devices/system/memory/soft_offline_page", "0x101000000").Should().Be(Errno.Ok);

        session.Kernel.Tasks.Find("a")!.Pages.Should().Be(5112012 / 4);
        session.Kernel.Failures.BrokenPages.Should().Be(1);
    }
}
