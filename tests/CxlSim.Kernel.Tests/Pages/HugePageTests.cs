using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Kernel.Tests;

/// <summary>Pools of huge pages: fact sheet 30, section 6.6.</summary>
public sealed class HugePageTests
{
    private const string Small = "hugepages/hugepages-2048kB/";
    private const string Large = "hugepages/hugepages-1048576kB/";
    private const string Mm = "/sys/kernel/mm/";
    private const string Cxl = "/sys/devices/system/node/node1/";
    private readonly MachineSession _session = PageMachine.With("memhp_default_state=online_movable");

    /// <summary>Asked of Linux 6.12: blocks 153, 151, 152, 150, 149 come online in this order, ten huge pages are set aside, and none of them is in the way of the last two.</summary>
    [Fact]
    public void HugePages_AreTakenOfWhatCameFirst()
    {
        MachineSession session = PageMachine.With("memhp_default_state=offline");
        int[] order = [153, 151, 152, 150, 149];
        order.Should().OnlyContain(block => session.State(block, "online_kernel") == Errno.Ok);
        const string count = "/sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages";
        session.Write(count, "10").Should().Be(Errno.Ok);

        session.State(150, "offline").Should().Be(Errno.Ok);
        session.State(149, "offline").Should().Be(Errno.Ok);
        session.Text(count).Should().Be("10");

        session.State(153, "offline").Should().Be(Errno.Ok);
        session.Text(count).Should().Be("0", "free ones are dissolved with their block");

        session.State(153, "online_kernel").Should().Be(Errno.Ok);
        session.Write(count, "10").Should().Be(Errno.Ok);
        session.State(153, "offline").Should().Be(Errno.Ok);
        session.Text(count).Should().Be("10", "what comes again is the last");
    }

    [Fact]
    public void PagesOf2MiB_ComeFromMovableToo_EvenlyOverNodes()
    {
        _session.Write($"{Mm}{Small}nr_hugepages", "100").Should().Be(Errno.Ok);

        _session.Text($"{Mm}{Small}nr_hugepages").Should().Be("100");
        _session.Text($"{Cxl}{Small}nr_hugepages").Should().Be("50");
        _session.Zone(1, ZoneType.Movable).Used(PageUse.Huge2M).Should().Be(50 * 512);
        _session.Text($"{Cxl}meminfo").Should().Contain("Node 1 HugePages_Total:    50");
    }

    /// <summary>A-50: a page of 1 GiB cannot be moved, so a node that is all Movable has none.</summary>
    [Fact]
    public void PagesOf1GiB_DoNotComeFromMovable()
    {
        _session.Write($"{Cxl}{Large}nr_hugepages", "1").Should().Be(Errno.Ok, "the write succeeds");
        _session.Text($"{Cxl}{Large}nr_hugepages").Should().Be("0", "and nothing comes of it");

        MachineSession normal = PageMachine.With("memhp_default_state=online_kernel");
        normal.Write($"{Cxl}{Large}nr_hugepages", "2").Should().Be(Errno.Ok);
        normal.Text($"{Cxl}{Large}nr_hugepages").Should().Be("2");
    }

    [Fact]
    public void PagesOf1GiB_CanBeSplit()
    {
        MachineSession session = PageMachine.With("memhp_default_state=online_kernel");
        session.Write($"{Cxl}{Large}nr_hugepages", "2");
        session.Text($"{Cxl}{Large}demote_size").Should().Be("2048kB");

        session.Write($"{Cxl}{Large}demote", "1").Should().Be(Errno.Ok);

        (session.Text($"{Cxl}{Large}nr_hugepages"), session.Text($"{Cxl}{Small}free_hugepages")).Should().Be(("1", "512"));
        session.Read($"{Cxl}{Small}demote").Error.Should().Be(Errno.ENOENT);
    }

    /// <summary>M-62: with a memory map at the begin of every block no page of 1 GiB can form.</summary>
    [Fact]
    public void PagesOf1GiB_DoNotFormAroundMemoryMaps()
    {
        MachineSession session = PageMachine.With("memhp_default_state=online_kernel memory_hotplug.memmap_on_memory=Y");
        session.Write($"{Cxl}{Large}nr_hugepages", "1");

        session.Text($"{Cxl}{Large}nr_hugepages").Should().Be("0");
    }

    [Fact]
    public void ProgramsTakeFromThePool()
    {
        _session.Write($"{Cxl}{Small}nr_hugepages", "4");

        _session.Take(3 * 512, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Huge2M).Should().Be(Errno.Ok);
        (_session.Text($"{Cxl}{Small}nr_hugepages"), _session.Text($"{Cxl}{Small}free_hugepages")).Should().Be(("4", "1"));
        _session.Take(2 * 512, PageMachine.Policy(PolicyMode.Bind, 1), PageUse.Huge2M, "more").Should().Be(Errno.ENOMEM);

        _session.Write($"{Cxl}{Small}nr_hugepages", "0");
        _session.Text($"{Cxl}{Small}nr_hugepages").Should().Be("3", "what is in use stays");
        _session.End();
        _session.Text($"{Cxl}{Small}free_hugepages").Should().Be("3");
        _session.Write($"{Cxl}{Small}nr_hugepages", "0");
        _session.Zone(1, ZoneType.Movable).FreePageCount.Should().Be(32 * 32768);
    }

    /// <summary>The pool lies on two nodes, and one of them has enough.</summary>
    [Fact]
    public void ProgramsLeaveTheRestOfThePool()
    {
        _session.Write($"{Mm}{Small}nr_hugepages", "4").Should().Be(Errno.Ok);

        _session.Take(512, use: PageUse.Huge2M).Should().Be(Errno.Ok);

        _session.Where().Should().Be("0.Normal 512");
        (_session.Text($"{Mm}{Small}free_hugepages"), _session.Text($"{Cxl}{Small}free_hugepages")).Should().Be(("3", "2"));
    }

    /// <summary>A-51: at boot only nodes with memory have any.</summary>
    [Fact]
    public void AtBoot_OnlyDramHasThem()
    {
        MachineSession session = PageMachine.With("hugepagesz=1G hugepages=1 hugepagesz=2M hugepages=10 memhp_default_state=online_movable");

        session.Text($"{Mm}{Large}nr_hugepages").Should().Be("1");
        session.Text($"{Mm}{Small}nr_hugepages").Should().Be("10");
        session.Text($"{Cxl}{Small}nr_hugepages").Should().Be("0");
    }

    [Fact]
    public void OfflineMemory_GivesUpItsFreeHugePages()
    {
        _session.Write($"{Cxl}{Small}nr_hugepages", "10");
        _session.State(146, "offline").Should().Be(Errno.Ok);

        _session.Text($"{Cxl}{Small}nr_hugepages").Should().Be("0");
        _session.State(146, "online_movable").Should().Be(Errno.Ok);
        _session.Zone(1, ZoneType.Movable).FreePageCount.Should().Be(32 * 32768);
    }

    [Theory]
    [InlineData("default_hugepagesz=1G hugepages=1", "1", "0", "1048576 kB")]
    [InlineData("hugepages=1 default_hugepagesz=1G", "1", "0", "1048576 kB")]
    [InlineData("hugepages=3 hugepagesz=1G hugepages=1", "1", "3", "2048 kB")]
    [InlineData("hugepages=3 hugepagesz=2M hugepages=5", "0", "3", "2048 kB")]
    [InlineData("hugepagesz=2M hugepagesz=2M hugepages=3 hugepages=4", "0", "4", "2048 kB")]
    [InlineData("hugepagesz=4M hugepages=9", "0", "0", "2048 kB")]
    [InlineData("hugepages=0:4", "0", "4", "2048 kB")]
    [InlineData("hugepages=0:4,1:2", "0", "0", "2048 kB")] // node 1 is not there yet, asked of a real 6.12 as most of these
    [InlineData("hugepages=many", "0", "0", "2048 kB")]
    [InlineData("hugepages=4x", "0", "4", "2048 kB")]
    [InlineData("hugepages=0:4;1:2", "0", "4", "2048 kB")]
    public void Words_SayHowManyAtBoot_AndOfWhichSizeByDefault(string words, string large, string small, string size)
    {
        MachineSession session = PageMachine.With($"{words} memhp_default_state=online_movable");

        (session.Text($"{Mm}{Large}nr_hugepages"), session.Text($"{Mm}{Small}nr_hugepages")).Should().Be((large, small));
        string meminfo = MeminfoView.Render(session.Kernel);
        meminfo.Should().MatchRegex($"Hugepagesize: +{size}\n");
        meminfo.Should().MatchRegex($"HugePages_Total: +{(size == "2048 kB" ? small : large)}\n");
        session.Text("/sys/devices/system/node/node0/meminfo").Should().Contain($"HugePages_Total: {(size == "2048 kB" ? small : large),5}");
    }

    /// <summary>What of the words is not good for anything is said; as a real 6.12 said it of these lines.</summary>
    [Theory]
    [InlineData(
        "hugepagesz=3M hugepages=5 hugepagesz=2M hugepagesz=2M hugepages=3 hugepages=4 default_hugepagesz=7M hugepagesz=1G",
        "E HugeTLB: unsupported hugepagesz=3M",
        "W HugeTLB: hugepages=5 does not follow a valid hugepagesz, ignoring",
        "W HugeTLB: hugepagesz=2M specified twice, ignoring",
        "W HugeTLB: hugepages=3 does not follow a valid hugepagesz, ignoring",
        "E HugeTLB: unsupported default_hugepagesz=7M")]
    [InlineData(
        "hugepages=1 hugepages=2 hugepagesz=1G default_hugepagesz=2M default_hugepagesz=1G hugepages=7 hugepagesz=2M hugepages=3 hugepagesz=1G",
        "W HugeTLB: hugepages= specified twice without interleaving hugepagesz=, ignoring hugepages=2",
        "E HugeTLB: default_hugepagesz previously specified, ignoring 1G",
        "W HugeTLB: hugepages=7 does not follow a valid hugepagesz, ignoring",
        "W HugeTLB: hugepagesz=2M specified twice, ignoring",
        "W HugeTLB: hugepages=3 does not follow a valid hugepagesz, ignoring",
        "W HugeTLB: hugepagesz=1G specified twice, ignoring")]
    [InlineData(
        "hugepages=3 hugepagesz=2M hugepages=5",
        "W HugeTLB: Ignoring hugepages=5 associated with 2.00 MiB page size",
        "W HugeTLB: Using hugepages=3 for number of default huge pages")]
    public void UselessWords_AreTold(string words, params string[] said)
    {
        Given.Booted($"memory: {{dram: 2GiB}}\nkernel: {{command_line: \"{words}\"}}", out LogSink log);

        log.Graded.Where(line => line.Contains("HugeTLB", StringComparison.Ordinal)).Should().Equal(said);
    }

    /// <summary>From where on it is not understood.</summary>
    [Theory]
    [InlineData("0:x", "x")]
    [InlineData("many", "many")]
    [InlineData("0:4,1:2", "1:2")]
    [InlineData("0:4,5", "5")]
    public void WrongWords_AreTold(string words, string wrong)
    {
        MachineSession session = PageMachine.With($"hugepages={words}");

        session.Kernel.Log.Lines.Should().Contain(line => line.Text == $"HugeTLB: Invalid hugepages parameter {wrong}");
        session.Text($"{Mm}{Small}nr_hugepages").Should().Be("0");
    }

    [Fact]
    public void MoreThanThereAre_AreAll()
    {
        _session.Write($"{Mm}{Large}nr_hugepages", "1");

        _session.Write($"{Mm}{Large}demote", "36028797018963968").Should().Be(Errno.Ok); // 2^55: as many pages as no number of 64 bits counts

        _session.Text($"{Mm}{Large}nr_hugepages").Should().Be("0");
    }

    [Fact]
    public void PolicyWithoutNodes_IsRefused() =>
        _session.Take(512, new MemoryPolicy(PolicyMode.Preferred, [], 0), PageUse.Huge2M).Should().Be(Errno.EINVAL);
}
