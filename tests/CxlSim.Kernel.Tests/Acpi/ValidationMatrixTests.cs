using CxlSim.Core;
using CxlSim.Spec.Acpi;
using static CxlSim.Kernel.Tests.TableRecords;

namespace CxlSim.Kernel.Tests;

/// <summary>The rows of the validation matrix on SRAT, SLIT, CEDT at boot and HMAT (fact sheet 10, 12): bad bytes in, what Linux does, severity of the line.</summary>
/// <remarks>One row has no test: marking a hot-pluggable range fails in Linux only where memblock runs out of room, which the model cannot.</remarks>
public sealed class ValidationMatrixTests
{
    private readonly TableMachine _machine = new TableMachine().Ram(0, (4 * GiB) - 1);

    private static byte[] Fine => Memory(0, 0, 4);

    /// <summary>Cut off, and it says so: what follows stays in step.</summary>
    private static byte[] Short => Fine[..0x20].Claiming(0x20);

    [Theory]
    [InlineData("", false)]
    [InlineData("acpi_force_table_verification", true)]
    public void WrongChecksum_IsAWarningWhereSomebodyLooks_AndTheTableIsUsed(string commandLine, bool isWarned)
    {
        LinuxKernel kernel = _machine.Kernel(commandLine).Table("SRAT", 3, Srat(Memory(5, 0, 4))).Boot();

        kernel.Numa.Domains.NodeOf(5).Should().Be(0);
        _machine.Log.Graded.Any(line => line.StartsWith("W ACPI: [Firmware Bug]: SRAT: checksum is 0x00, should be 0x", StringComparison.Ordinal)).Should().Be(isWarned);
    }

    public static TheoryData<string, byte[], string[]> SratRows => new()
    {
        { "record of length 0", Srat(Fine, Fine.Claiming(0)), ["E [SRAT:0x01] Invalid zero length", "I No NUMA configuration found"] },
        { "memory record too short", Srat(Short, Fine), ["E ACPI: SRAT: a memory record of 32 bytes", "E ACPI: SRAT is not used", "I No NUMA configuration found"] },
        { "CPU record too short", Srat(Cpu(0, 0).Claiming(0xf), Fine), ["E ACPI: SRAT: a processor record of 15 bytes", "E ACPI: SRAT is not used"] },
        { "CPU record too long", Srat(Cpu(0, 0).Claiming(0x11), Fine), ["E ACPI: SRAT: a processor record of 17 bytes", "E ACPI: SRAT is not used"] },
        { "x2APIC record too short", Srat(X2Apic(0, 0).Claiming(0x17), Fine), ["E ACPI: SRAT: an x2APIC record of 23 bytes", "E ACPI: SRAT is not used"] },
        { "domain of memory out of range", Srat(Fine, Memory(1024, 8, 9)), ["E ACPI: SRAT: too many proximity domains: 1024", "E ACPI: SRAT is not used"] },
        { "domain of a CPU out of range", Srat(X2Apic(5000, 0), Fine), ["E ACPI: SRAT: too many proximity domains: 5000", "E ACPI: SRAT is not used"] },
        { "more ranges than a kernel keeps", Srat([.. Enumerable.Range(0, 2049).Select(i => Memory(0, (ulong)i + 8, (ulong)i + 9))]), ["E NUMA: too many ranges", "E ACPI: SRAT: no room for a range of node 0", "E ACPI: SRAT is not used"] },
        { "overlap of two nodes", Srat(Memory(0, 0, 3), Memory(1, 2, 4)), ["E NUMA: node 0 [mem 0x00001000-0xbfffffff] overlaps with node 1 [mem 0x80000000-0xffffffff]", "I No NUMA configuration found"] },
        { "RAM without a node", Srat(MemoryBytes(0, 0, (4 * GiB) - 0x10_0000)), ["E NUMA: 1MB of 4095MB RAM belong to no node", "I No NUMA configuration found"] },
        { "generic initiator's domain out of range", Srat(Initiator(1024), Cpu(7, 0), Memory(7, 0, 4)), ["E ACPI: SRAT: too many proximity domains: 1024", "I ACPI: SRAT: Node 0 PXM 7 [mem 0x00000000-0xffffffff]"] },
        { "disabled CPU", Srat(Cpu(3, 0, flags: 0), Fine), ["D ACPI: SRAT: processor of domain 3 is disabled", "I ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0xffffffff]"] },
        { "disabled memory", Srat(Memory(3, 8, 9, flags: 0), Fine), ["D ACPI: SRAT: memory of domain 3 is disabled", "I ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0xffffffff]"] },
        { "disabled generic initiator", Srat(Initiator(3, flags: 0), Fine), ["D ACPI: SRAT: generic initiator of domain 3 is disabled", "I ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0xffffffff]"] },
        { "APIC id of all", Srat(X2Apic(3, uint.MaxValue), Fine), ["I ACPI: SRAT: PXM 3: APIC 0xffffffff is no CPU; ignored", "I ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0xffffffff]"] },
        { "APIC id too big", Srat(X2Apic(3, 32768), Fine), ["I ACPI: SRAT: PXM 3 -> APIC 0x8000 -> Node 0: the id is too big; skipped", "I ACPI: SRAT: Node 1 PXM 0 [mem 0x00000000-0xffffffff]"] },
        { "range that wraps around", Srat(Fine, MemoryBytes(1, ulong.MaxValue - 0xfff, 0x2000)), ["W NUMA: node 1 has a range that wraps around: 0xfffffffffffff000 and 0x2000 bytes; ignored"] },
        { "overlap within one node", Srat(Memory(0, 0, 3), Memory(0, 2, 4)), ["W NUMA: node 0 [mem 0x00001000-0xbfffffff] overlaps with itself: [mem 0x80000000-0xffffffff]", "I NUMA: Node 0 [mem 0x00001000-0xbfffffff] + [mem 0x80000000-0xffffffff] -> [mem 0x00001000-0xffffffff]"] },
        { "all flags of a range", Srat(Fine, Memory(1, 8, 9, flags: 0xf)), ["I ACPI: SRAT: Node 1 PXM 1 [mem 0x200000000-0x23fffffff] hotplug non-volatile"] },
    };

    [Theory]
    [MemberData(nameof(SratRows))]
    public void Srat_Row(string what, byte[] srat, string[] lines)
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, srat).Boot();

        _machine.Log.Graded.Should().ContainInOrder(lines, what);
        bool isFaked = Array.Exists(lines, line => line.Contains("not used", StringComparison.Ordinal) || line.Contains("No NUMA", StringComparison.Ordinal));
        _machine.Log.Lines.Contains("No NUMA configuration found").Should().Be(isFaked, what);
        kernel.Numa.OnlineNodes.Should().NotBeEmpty();
    }

    [Fact]
    public void AfterABadRecord_AllLaterOnesAreIgnored()
    {
        _machine.Table("SRAT", 3, Srat(Fine, Short, Fine, Short)).Boot();

        _machine.Log.Graded.Count(line => line == "E ACPI: SRAT is not used").Should().Be(1);
        _machine.Log.Lines.Count(line => line.StartsWith("ACPI: SRAT: Node 0", StringComparison.Ordinal)).Should().Be(1);
    }

    [Fact]
    public void RangeOfNoLength_IsNoRange_ButItsNodeIsThere()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Fine, MemoryBytes(1, 8 * GiB, 0))).Boot();

        kernel.Numa.PossibleNodes.Select(node => node.Id).Should().Equal(0, 1);
        _machine.Log.Graded.Should().NotContain(line => line[0] == 'E' || line[0] == 'W');
    }

    [Fact]
    public void RamWithoutANode_OfLessThanAMebibyte_IsLeftAlone() =>
        _machine.Table("SRAT", 3, Srat(MemoryBytes(3, 0, (4 * GiB) - 0xff000))).Boot().Numa.Node(0).Domain.Should().Be(3);

    [Theory]
    [InlineData(new byte[] { 10, 20, 20, 11 })]
    [InlineData(new byte[] { 10, 10, 20, 10 })]
    [InlineData(new byte[] { 16, 20, 20, 16 })]
    public void SlitThatBreaksTheRule_IsNotUsed(byte[] entries)
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Memory(0, 0, 2), Memory(1, 2, 4))).Table("SLIT", 1, Slit(2, entries)).Boot();

        _machine.Log.Graded.Should().Contain("I ACPI: SLIT table looks invalid. Not used.");
        kernel.Numa.Distance(1, 0).Should().Be(20);
    }

    /// <summary>A CPU whose APIC id is too big has a node that nothing stands behind.</summary>
    [Fact]
    public void DistanceOutsideOfTheTable_IsIgnoredWithOneWarning()
    {
        _machine.Table("SRAT", 3, Srat(Fine, Fine)).Table("SLIT", 1, Slit(2, 10, 30, 30, 10));
        LinuxKernel kernel = new TableMachine().Ram(0, (4 * GiB) - 1).Table("SRAT", 3, Srat(X2Apic(1, 0), X2Apic(0, 40000), Memory(1, 0, 4))).Table("SLIT", 1, Slit(2, 10, 30, 30, 10)).Boot();

        kernel.Log.Lines.Where(line => line.Level == LogLevel.Warning).Select(line => line.Text).Should().ContainSingle()
            .Which.Should().Be("NUMA: the distance from node 0 to node 1 cannot be 30: no such node; ignored");
        kernel.Numa.Distance(0, 1).Should().Be(20);
    }

    [Fact]
    public void WindowOfWrongAlignment_IsAFirmwareBug_AndGoesOn()
    {
        LinuxKernel kernel = _machine.Kernel(version: "6.16").Table("SRAT", 3, Srat(Fine)).Table("CEDT", 1, Window(16 * GiB, 0x800_0000, 0)).Boot();

        _machine.Log.Graded.Should().Contain("E ACPI NUMA: [Firmware Bug]: CFMWS at 0x400000000: base or size is not aligned to 256MB");
        kernel.Numa.PossibleNodes.Should().HaveCount(2);
    }

    [Fact]
    public void AdviceThatComesTooLate_IsAWarning()
    {
        LinuxKernel kernel = _machine.Kernel(version: "6.16").Table("SRAT", 3, Srat(Fine)).Boot();

        CfmwsNodes.Parse(new NumaTables(kernel.Core, kernel.Numa), kernel.Memory, [.. new byte[36], .. Window(16, 20)]);

        _machine.Log.Graded.Should().Contain("W ACPI NUMA: CFMWS: advice on the size of memory blocks is refused (-16)");
    }

    [Fact]
    public void NoDomainLeft_EndsTheWindows()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Memory(1022, 0, 4))).Table("CEDT", 1, [.. Window(16, 20), .. Window(20, 24), .. Window(24, 28)]).Boot();

        _machine.Log.Graded.Where(line => line == "E ACPI NUMA: no proximity domain is left for a CFMWS").Should().ContainSingle();
        kernel.Numa.PossibleNodes.Should().HaveCount(2);
    }

    [Fact]
    public void WindowThatFindsNoRoom_HasANodeAllTheSame()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat([Fine, .. Enumerable.Range(0, 2047).Select(i => Memory(0, (ulong)i + 8, (ulong)i + 9))]))
            .Table("CEDT", 1, Window(4096, 4100)).Boot();

        _machine.Log.Graded.Should().ContainInOrder("E NUMA: too many ranges", "W ACPI NUMA: no room for the CFMWS range of node 1 at 0x40000000000");
        kernel.Numa.PossibleNodes.Should().HaveCount(2);
        kernel.Numa.TargetNode(new Hpa(4096 * GiB)).Should().Be(Numa.NoNode);
    }

    public static TheoryData<string, byte, byte[], string[]> HmatRows => new()
    {
        { "unknown revision", 3, [], ["N acpi/hmat: Ignoring: Unknown revision:3"] },
        { "domain record of another length", 2, [0, 0, 0, 0, 0x20, 0, 0, 0, .. new byte[32]], ["N acpi/hmat: Unexpected address range header length: 32", "N acpi/hmat: Ignoring: Invalid table"] },
        { "locality shorter than its lists", 2, Locality(0x20, 1, 1), ["N acpi/hmat: a locality record cannot be of 32 bytes", "N acpi/hmat: Ignoring: Invalid table"] },
        { "cache record too short", 2, [2, 0, 0, 0, 0x1c, 0, 0, 0, .. new byte[24]], ["N acpi/hmat: a cache record cannot be of 28 bytes", "N acpi/hmat: Ignoring: Invalid table"] },
        { "memory that SRAT does not know", 2, BinaryLayout.ToBytes(new HmatProximity { Length = 40, Memory = 9 }), ["D acpi/hmat: Memory Domain missing from SRAT", "N acpi/hmat: Ignoring: Invalid table"] },
        { "processor without a node", 2, BinaryLayout.ToBytes(new HmatProximity { Length = 40, Flags = 1, Initiator = 9 }), ["D acpi/hmat: processor domain 9 has no node", "N acpi/hmat: Ignoring: Invalid table"] },
        { "record of length 0", 2, new byte[16], ["N acpi/hmat: Unexpected address range header length: 0", "N acpi/hmat: Ignoring: Invalid table"] },
        { "entry 0", 2, [.. Locality(0x2a, 1, 1), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], ["I acpi/hmat:   Initiator-Target[0-0]:0 nsec"] },
        { "entry FFFF", 2, [.. Locality(0x2a, 1, 1), 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], ["I acpi/hmat:   Initiator-Target[0-0]:0 nsec"] },
        { "entry that overflows", 2, [.. Locality(0x2a, 1, uint.MaxValue), 0, 0, 0, 0, 0, 0, 0, 0, 2, 0], ["I acpi/hmat:   Initiator-Target[0-0]:0 nsec"] },
    };

    [Theory]
    [MemberData(nameof(HmatRows))]
    public void Hmat_Row(string what, byte revision, byte[] records, string[] lines)
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Fine)).Table("HMAT", revision, [.. new byte[4], .. records]).Boot();

        kernel.Hmat.Init();

        _machine.Log.Graded.Should().ContainInOrder(lines, what);
        kernel.Numa.Node(0).Access(0)?.Coordinates!.Value.IsComplete.Should().BeFalse();
    }

    [Fact]
    public void RangesOfOneDomainThatOverlap_AreRecordedOnce()
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Fine, Memory(1, 16, 20), Memory(1, 18, 24))).Table("HMAT", 2, new byte[4]).Boot();

        kernel.Hmat.Init();

        _machine.Log.Graded.Should().Contain("W acpi/hmat: range at 0x480000000 of 0x180000000 bytes of domain 1 is not recorded");
        kernel.Hmem.Active.Should().HaveCount(2);
    }

    /// <summary>Node 1 is slower by more than a tenth.</summary>
    [Theory]
    [InlineData(110, true)]
    [InlineData(111, false)]
    public void DramNodesThatDiffer_TurnTheFormulaOff(byte latency, bool agree)
    {
        LinuxKernel kernel = _machine.Table("SRAT", 3, Srat(Cpu(0, 0), Cpu(1, 1), Memory(0, 0, 2), Memory(1, 2, 4))).Table("APIC", 5, Madt(0, 1)).Table("HMAT", 2,
            [.. new byte[4], .. Square(0, 1000, 100, latency), .. Square(3, 100, 100, 100)]).Boot();

        kernel.Hmat.Init();

        kernel.Hmat.HasReference.Should().Be(agree);
        _machine.Log.Graded.Contains("I memory-tiers: the performance of DRAM node 1 mismatches that of the reference").Should().Be(!agree);
    }

    private static byte[] Locality(uint length, uint count, ulong unit) =>
        BinaryLayout.ToBytes(new HmatLocality { Type = 1, Length = length, Initiators = count, Targets = count, BaseUnit = unit });

    /// <summary>Each of two domains to itself and to the other, which is far.</summary>
    private static byte[] Square(byte dataType, ulong unit, byte first, byte second) =>
    [
        .. BinaryLayout.ToBytes(new HmatLocality { Type = 1, Length = 32 + 16 + 8, DataType = dataType, Initiators = 2, Targets = 2, BaseUnit = unit }),
        0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, first, 0, dataType == 0 ? (byte)250 : (byte)1, 0, dataType == 0 ? (byte)250 : (byte)1, 0, second, 0,
    ];
}
