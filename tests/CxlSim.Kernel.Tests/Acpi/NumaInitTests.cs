using CxlSim.Core;
using static CxlSim.Kernel.Tests.TableRecords;

namespace CxlSim.Kernel.Tests;

/// <summary>Nodes out of SRAT, SLIT and CEDT. Memory is given in GiB, ends excluded.</summary>
public sealed class NumaInitTests
{
    private readonly TableMachine _machine = new TableMachine().Ram(0, (4 * GiB) - 1);

    [Fact]
    public void Nodes_AreNumberedByFirstAppearance()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(7, 0), Cpu(2, 1), Memory(2, 0, 2), Memory(9, 2, 3), Memory(7, 3, 4)))
            .Table("APIC", 5, Madt(0, 1)).Boot();

        Shown(kernel).Should().Be("1:[0,2) 2:[2,3) 0:[3,4)");
        CpusOf(kernel).Should().Be("0:0 1:1 2:");
    }

    /// <summary>Linux numbers CPUs in the order of the MADT; SRAT speaks of APIC ids.</summary>
    [Fact]
    public void Cpus_AreNumberedByTheMadt()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 8), Cpu(1, 4), Cpu(1, 99), Memory(0, 0, 2), Memory(1, 2, 4)))
            .Table("APIC", 5, Madt(4, 8, 4)).Boot();

        CpusOf(kernel).Should().Be("0:1 1:0", "APIC id 4 is CPU 0, and counts once; 99 is none");
        kernel.Cpus.All.Select(cpu => cpu.Name).Should().Equal("cpu0", "cpu1");
    }

    [Fact]
    public void CpusWithoutARecord_AreDealtToTheNodesWithMemory()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 2), Memory(0, 0, 2), Memory(1, 2, 4), Memory(2, 16, 20)))
            .Table("APIC", 5, Madt(0, 1, 2, 3)).Boot();

        CpusOf(kernel).Should().Be("0:0,2 1:1,3 2:", "CPU 2 would have been dealt to node 0 too");
    }

    [Fact]
    public void WithoutMadt_TheBootCpuIsThere() =>
        CpusOf(_machine.Table("SRAT", 3, Srat(Memory(0, 0, 4))).Boot()).Should().Be("0:0");

    [Fact]
    public void Windows_GetNodesAfterTheRealOnes()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 0), Memory(0, 0, 4))).Table("CEDT", 1, [.. Window(16, 20), .. Window(20, 24)]).Boot();

        Shown(kernel).Should().Be("0:[0,4) 1:[16,20) 2:[20,24)");
        kernel.Numa.OnlineNodes.Select(node => node.Id).Should().Equal(0);
        kernel.Numa.TargetNode(new Hpa(20 * GiB)).Should().Be(2);
        _machine.Log.Lines.Should().Contain("Initmem setup node 2 as memoryless");
    }

    /// <summary>The window is [64, 72); what SRAT says of it before, and what becomes of that.</summary>
    [Theory]
    [InlineData("1:64-68", "1:[64,72)")]
    [InlineData("1:64-66 2:68-70", "1:[64,66) 2:[66,72)")]
    [InlineData("1:66-68", "1:[64,72)")]
    [InlineData("1:60-66", "1:[60,72)")]
    [InlineData("1:64-66 2:70-72", "1:[64,66) 2:[66,72)")]
    [InlineData("1:60-63", "1:[60,63) 2:[64,72)")]
    public void WindowThatSratPartlyCovers_IsFilled(string srat, string expected)
    {
        byte[][] records = [.. srat.Split(' ').Select(text => text.Split(':', '-').Select(uint.Parse).ToArray()).Select(n => Memory(n[0], n[1], n[2]))];

        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat([Cpu(0, 0), Memory(0, 0, 4), .. records])).Table("CEDT", 1, Window(64, 72)).Boot();

        Shown(kernel).Should().Be("0:[0,4) " + expected);
    }

    [Fact]
    public void WithoutSrat_OneNodeIsFaked()
    {
        LinuxKernel kernel = _machine.Table("CEDT", 1, Window(16, 20)).Boot();

        ShouldBeFaked(kernel);
        kernel.Numa.TargetNode(new Hpa(16 * GiB)).Should().Be(Numa.NoNode);
        kernel.Numa.HotAddNode(Hpa.Zero).Should().Be(0);
        _machine.Log.Lines.Should().Contain("Faking a node at [mem 0x0000000000000000-0x00000000ffffffff]");
    }

    [Fact]
    public void OverlapOfNodes_RejectsTheTable()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 0), Cpu(1, 1), Memory(0, 0, 3), Memory(1, 2, 4))).Boot();

        ShouldBeFaked(kernel);
        _machine.Log.Lines.Should().ContainMatch("*node 0 * overlaps with node 1 *");
    }

    /// <summary>What was set aside for memory to come before the overlap was found stays: a dax device then names a node that cannot be (seen on Linux 6.12.107, where kmem refuses it).</summary>
    [Fact]
    public void ARejectedTable_LeavesTheNodesOfWindows()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 0), Memory(0, 0, 3), Memory(1, 2, 4))).Table("CEDT", 1, Window(16, 20)).Boot();

        kernel.Numa.TargetNode(new Hpa(16 * GiB)).Should().Be(2);
        kernel.Numa.IsPossible(2).Should().BeFalse();
    }

    /// <summary>An empty one is told nothing of; it counts all the same (seen on Linux 6.12.107).</summary>
    [Fact]
    public void AnEmptyWindow_TakesANode()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 0), Memory(0, 0, 4))).Table("CEDT", 1, [.. Window(16, 16), .. Window(20, 24)]).Boot();

        kernel.Numa.TargetNode(new Hpa(20 * GiB)).Should().Be(2);
    }

    [Fact]
    public void OverlapOutsideOfBootMemory_RejectsNothing()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 0), Memory(0, 0, 4), Memory(1, 16, 20), Memory(2, 18, 24))).Boot();

        Shown(kernel).Should().Be("0:[0,4) 1:[16,20) 2:[18,24)");
    }

    [Fact]
    public void BootMemoryWithoutNode_RejectsTheTable() =>
        ShouldBeFaked(_machine.Table("SRAT", 3, Srat(Cpu(0, 0), Memory(0, 0, 3))).Boot());

    [Theory]
    [InlineData(1024u)]
    [InlineData(uint.MaxValue)]
    public void DomainOutOfRange_RejectsTheTable(uint domain)
    {
        ShouldBeFaked(_machine.Table("SRAT", 3, Srat(Cpu(0, 0), Memory(0, 0, 4), Memory(domain, 16, 20))).Table("CEDT", 1, Window(32, 36)).Boot());
        _machine.Log.Lines.Should().ContainMatch("*too many proximity domains*");
    }

    [Fact]
    public void LastDomain_LeavesNoneForAWindow()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(1023, 0), Memory(1023, 0, 4))).Table("CEDT", 1, Window(32, 36)).Boot();

        Shown(kernel).Should().Be("0:[0,4)");
    }

    [Fact]
    public void RecordOfAWrongLength_RejectsTheTable()
    {
        byte[] shortMemory = Memory(0, 0, 4);
        shortMemory[1] = 0x20;

        ShouldBeFaked(_machine.Table("SRAT", 3, Srat(Memory(0, 0, 4), shortMemory)).Boot());
    }

    [Fact]
    public void RecordOfLengthZero_RejectsTheTable()
    {
        byte[] empty = Memory(0, 0, 4);
        empty[1] = 0;

        ShouldBeFaked(_machine.Table("SRAT", 3, Srat(Memory(0, 0, 2), Memory(1, 2, 4), empty)).Boot());
    }

    [Fact]
    public void DisabledRecords_AreIgnored() =>
        Shown(_machine.Table("SRAT", 3, Srat(Memory(5, 0, 4, flags: 0), Memory(0, 0, 4))).Boot()).Should().Be("0:[0,4)");

    [Fact]
    public void OldRevision_HasDomainsOfOneByte() =>
        Shown(_machine.Table("SRAT", 1, Srat(Memory(0x0000_0105, 0, 4), Memory(5, 16, 20))).Boot()).Should().Be("0:[0,4) 0:[16,20)");

    [Theory]
    [InlineData(new byte[] { 10, 21, 31, 10 }, 21, 31)]
    [InlineData(new byte[] { 10, 255, 255, 10 }, 255, 255)]
    [InlineData(new byte[] { 10, 10, 31, 10 }, 20, 20)]
    [InlineData(new byte[] { 11, 21, 31, 10 }, 20, 20)]
    public void Slit_CountsWhereEveryEntryIsValid(byte[] entries, int there, int back)
    {
        byte[] body = [.. BitConverter.GetBytes(2UL), .. entries];

        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Memory(0, 0, 2), Memory(1, 2, 4))).Table("SLIT", 1, body).Boot();

        kernel.Numa.Distance(0, 1).Should().Be(there);
        kernel.Numa.Distance(1, 0).Should().Be(back);
        kernel.Numa.Distance(1, 1).Should().Be(10);
    }

    [Fact]
    public void SlitThatClaimsMoreThanItHas_IsNotUsed()
    {
        byte[] body = [.. BitConverter.GetBytes(900UL), 10];

        _machine.Table("SRAT", 3, Srat(Memory(0, 0, 4))).Table("SLIT", 1, body).Boot().Numa.Distance(0, 0).Should().Be(10);

        _machine.Log.Lines.Should().Contain("ACPI: SLIT table looks invalid. Not used.");
    }

    private static void ShouldBeFaked(LinuxKernel kernel)
    {
        Shown(kernel).Should().Be("0:[0,4)");
        kernel.Numa.PossibleNodes.Should().ContainSingle("nothing of the tables stays");
        kernel.Numa.OnlineNodes.Should().ContainSingle();
    }

    private static string Shown(LinuxKernel kernel) =>
        string.Join(' ', kernel.Numa.Memblks.Memory.Concat(kernel.Numa.Memblks.Reserved).Select(block => $"{block.Node}:[{block.Range.Start.Value / GiB},{(block.Range.Last.Value + 1) / GiB})"));

    private static string CpusOf(LinuxKernel kernel) =>
        string.Join(' ', kernel.Numa.PossibleNodes.Select(node => $"{node.Id}:{ListFormat.Of(node.Cpus.Select(cpu => cpu.Number))}"));
}
