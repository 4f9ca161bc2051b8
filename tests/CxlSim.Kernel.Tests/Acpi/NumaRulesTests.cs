using CxlSim.Core;
using static CxlSim.Kernel.Tests.TableRecords;

namespace CxlSim.Kernel.Tests;

/// <summary>From records to nodes, rule by rule (fact sheet 10, 10.4 to 10.6): which pass maps what, which list holds what, who is online when.</summary>
public sealed class NumaRulesTests
{
    private readonly TableMachine _machine = new TableMachine().Ram(0, (4 * GiB) - 1);

    /// <summary>As the recording 01-single-volatile shows the same shape of tables.</summary>
    [Fact]
    public void CleanUp_ClipsJoinsAndSetsApart()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 1, Srat(Cpu(0, 0), MemoryBytes(0, 0, 0xa_0000), MemoryBytes(0, 0x10_0000, (5 * GiB) - 0x10_0000), Memory(0, 8, 16, flags: 3))).Boot();

        _machine.Log.Lines.Should().ContainInOrder(
            "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x0009ffff]",
            "ACPI: SRAT: Node 0 PXM 0 [mem 0x00100000-0x13fffffff]",
            "ACPI: SRAT: Node 0 PXM 0 [mem 0x200000000-0x3ffffffff] hotplug",
            "NUMA: Node 0 [mem 0x00001000-0x0009ffff] + [mem 0x00100000-0xffffffff] -> [mem 0x00001000-0xffffffff]");
        kernel.Numa.Memblks.Memory.Should().Equal(Block(0, 0x1000, (4 * GiB) - 1));
        kernel.Numa.Memblks.Reserved.Should().Equal(Block(0, 4 * GiB, (5 * GiB) - 1), Block(0, 8 * GiB, (16 * GiB) - 1));
    }

    [Fact]
    public void RangesOfOneNode_AreNotJoinedAcrossAnother()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Memory(0, 0, 1), Memory(1, 1, 2), Memory(0, 2, 4))).Boot();

        kernel.Numa.Memblks.Memory.Select(block => block.Node).Should().Equal(0, 1, 0);
    }

    [Fact]
    public void X2ApicAndLocalApic_ShareOnePass()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(X2Apic(4, 1), Cpu(3, 0), Memory(3, 0, 2), Memory(4, 2, 4))).Table("APIC", 5, Madt(0, 1)).Boot();

        CpusOf(kernel).Should().Be("0:1 1:0", "domain 4 came first");
        kernel.Numa.Memblks.Memory.Select(block => block.Node).Should().Equal(1, 0);
    }

    [Fact]
    public void GenericInitiator_HasANodeThatComesOnlineWithoutMemory()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 0), Initiator(7), Memory(0, 0, 4))).Boot();

        kernel.Numa.OnlineNodes.Select(node => node.Id).Should().Equal(0, 1);
        kernel.Numa.Node(1).IsGenericInitiator.Should().BeTrue();
        kernel.Sysfs.Read("/sys/devices/system/node/has_generic_initiator").Text.Should().Be("1");
    }

    [Fact]
    public void DisabledInitiator_EndsThePassAndWhatStandsBehindIsLost()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(5, 0), Initiator(7, flags: 0), Cpu(6, 1), Memory(0, 0, 4))).Table("APIC", 5, Madt(0, 1)).Boot();

        kernel.Numa.Domains.Mapped.Should().Equal((5, 0), (0, 1));
        CpusOf(kernel).Should().Be("0:0 1:1", "CPU 1 has no record and is dealt to the one node with memory");
    }

    /// <summary>Generic ports are for the HMAT; no pass gives them a node.</summary>
    [Fact]
    public void GenericPort_TakesNoNodeNumber()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 0), Port(1, 5), Memory(0, 0, 4))).Table("CEDT", 1, Window(16, 20)).Boot();

        kernel.Numa.PossibleNodes.Select(node => node.Id).Should().Equal(0, 1);
        kernel.Numa.TargetNode(new Hpa(16 * GiB)).Should().Be(1);
    }

    /// <summary>A made-up domain is one more than the highest of SRAT, whatever number its node gets.</summary>
    [Fact]
    public void FakeDomains_FollowTheHighestRealOne()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(9, 0), Memory(9, 0, 2), Memory(2, 2, 4))).Table("CEDT", 1, [.. Window(16, 20), .. Window(20, 24)]).Boot();

        kernel.Numa.Domains.Mapped.Should().Equal((9, 0), (2, 1), (10, 2), (11, 3));
        kernel.Numa.PossibleNodes.Select(node => node.HasRealDomain).Should().Equal(true, true, false, false);
    }

    /// <summary>Where fake ranges are kept decides whether the next window finds them.</summary>
    [Theory]
    [InlineData("6.12", "1:[16,20)")]
    [InlineData("6.16", "1:[16,20)")]
    [InlineData("6.17", "1:[16,20) 2:[16,20)")]
    public void WindowsThatOverlap_AreAbsorbedUntil617(string version, string expected)
    {
        LinuxKernel kernel = _machine.Kernel(version: version).Table("SRAT", 3, Srat(Memory(0, 0, 4))).Table("CEDT", 1, [.. Window(16, 20), .. Window(16, 20)]).Boot();

        string.Join(' ', kernel.Numa.Memblks.Reserved.Select(block => $"{block.Node}:[{block.Range.Start.Value / GiB},{(block.Range.Last.Value + 1) / GiB})")).Should().Be(expected);
    }

    [Theory]
    [InlineData("7.0", "CXL_ACPI=n", 2)]
    [InlineData("7.1", "CXL_ACPI=n", 1)]
    [InlineData("7.1", "CXL_ACPI=y", 2)]
    public void WindowsNeedCxlAcpiFrom71On(string version, string option, int nodes) =>
        _machine.Kernel("", version, option).Table("SRAT", 3, Srat(Memory(0, 0, 4))).Table("CEDT", 1, Window(16, 20)).Boot()
            .Numa.PossibleNodes.Should().HaveCount(nodes);

    /// <summary>Plain RAM in a window that SRAT leaves out: from 6.17 on nothing covers it, and all tables are dropped.</summary>
    [Theory]
    [InlineData("6.12", 2)]
    [InlineData("6.17", 1)]
    public void BootMemoryThatOnlyAWindowCovers_HasANodeUntil617(string version, int nodes) =>
        _machine.Ram(16 * GiB, (18 * GiB) - 1).Kernel(version: version).Table("SRAT", 3, Srat(Memory(0, 0, 4))).Table("CEDT", 1, Window(16, 20)).Boot()
            .Numa.OnlineNodes.Should().HaveCount(nodes);

    [Theory]
    [InlineData("numa=off", "I NUMA is turned off")]
    [InlineData("numa=noacpi", "I No NUMA configuration found")]
    [InlineData("acpi=off", "I No NUMA configuration found")]
    public void NumaOptions_FakeOneNode(string commandLine, string line)
    {
        LinuxKernel kernel = _machine.Kernel(commandLine).Table("SRAT", 3, Srat(Cpu(0, 0), Memory(0, 0, 2), Memory(1, 2, 4))).Table("CEDT", 1, Window(16, 20)).Boot();

        kernel.Numa.PossibleNodes.Should().ContainSingle();
        _machine.Log.Graded.Should().Contain(line).And.Contain("I Faking a node at [mem 0x0000000000000000-0x00000000ffffffff]");
        kernel.Numa.TargetNode(new Hpa(16 * GiB)).Should().Be(Numa.NoNode);
    }

    [Fact]
    public void LookUps_AskForMemoryFirst()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Memory(3, 16, 20), Memory(0, 0, 4))).Boot();

        kernel.Numa.TargetNode(new Hpa(16 * GiB)).Should().Be(0);
        kernel.Numa.TargetNode(new Hpa(64 * GiB)).Should().Be(Numa.NoNode);
        kernel.Numa.HotAddNode(Hpa.Zero).Should().Be(1, "the range of node 0 has no RAM and is kept elsewhere");
    }

    [Fact]
    public void Distances_ReachAsFarAsTheNodesOfThatTime()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Memory(0, 0, 2), Memory(1, 2, 4))).Table("SLIT", 1, Slit(2, 10, 21, 21, 10)).Table("CEDT", 1, Window(16, 20)).Boot();

        _machine.Log.Graded.Should().Contain("D NUMA: Initialized distance table, cnt=2");
        new[] { (0, 1), (0, 2), (2, 0), (2, 2) }.Select(pair => kernel.Numa.Distance(pair.Item1, pair.Item2)).Should().Equal(21, 20, 20, 10);
    }

    [Fact]
    public void NodeOfCpusAlone_IsOnlineAfterCma()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 0), Cpu(1, 1), Memory(0, 0, 4))).Table("APIC", 5, Madt(0, 1))
            .Kernel("numa_cma=0:64M,1:64M", "6.12", "CMA", "DMA_CMA", "DMA_NUMA_CMA").Boot();

        kernel.Numa.OnlineNodes.Select(node => node.Id).Should().Equal(0, 1);
        kernel.Contiguous.Areas.Should().ContainSingle().Which.Node.Should().Be(0);
        _machine.Log.Graded.Should().Contain("W cma: node 1 is not online; no area there");
    }

    private static NumaMemblk Block(int node, ulong first, ulong last) => new(AddressRange.FromBounds(new Hpa(first), new Hpa(last)), node);

    private static string CpusOf(LinuxKernel kernel) =>
        string.Join(' ', kernel.Numa.PossibleNodes.Select(node => $"{node.Id}:{ListFormat.Of(node.Cpus.Select(cpu => cpu.Number))}"));
}
