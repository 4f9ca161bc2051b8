namespace CxlSim.Kernel.Tests;

/// <summary>What early boot refuses of SRAT, SLIT, HMAT and CEDT: each with its place, and without it none.</summary>
public sealed class EarlyFindingsTests
{
    // SRAT: processors at 0x30 and 0x40, memory at 0x50, 0x78 (domain 0) and 0xa0 (domain 1). SLIT: count at 0x24, four distances at 0x2c.
    // HMAT: domains at 0x28 and 0x50, localities of two initiators and two targets at 0x78 and 0xb0.
    private const string Machine = """
        memory:
          nodes: [{pxm: 0, size: 1GiB, cpus: 1}, {pxm: 1, size: 1GiB, cpus: 1}]
          distances: [{from: 0, to: 1, distance: 20}]
          hmat:
            - {initiator: 0, target: 0, latency: 100, bandwidth: 1000}
            - {initiator: 1, target: 1, latency: 100, bandwidth: 1000}
        host_bridges: [{uid: 4, bus: 0x10, root_ports: [{type3: {volatile: 1GiB}}]}]
        windows: [{base: 0x490000000, size: 1GiB, targets: [4]}]
        """;

    private const string Initiators = """
        memory:
          nodes: [{pxm: 0, size: 1GiB, cpus: 1}]
          srat:
            - {generic_initiator: "00:01.0", pxm: 2}
            - {x2apic: 0, pxm: 0}
            - {memory: 0x0-0x3fffffff, pxm: 0}
        """;

    [Fact]
    public void SoundMachine_HasNone() => new PatchedTables(Machine).Findings().Should().BeEmpty();

    /// <summary>A generic initiator at 0x30, an x2APIC at 0x50, memory at 0x68.</summary>
    [Theory]
    [InlineData(0x48, "00", "CXK0037", 0x48, "Flags 1")]
    [InlineData(0x34, "00040000", "CXK0037", 0x34, "Proximity Domain 0x3ff")]
    [InlineData(0x58, "00800000", "CXK0036", 0x58, "x2APIC ID 0x7fff")]
    [InlineData(0x58, "FFFFFFFF", "CXK0036", 0x58, "x2APIC ID 0x7fff")]
    [InlineData(0x51, "17", "CXK0034", 0x51, "Length 0x18")]
    [InlineData(0x54, "00040000", "CXK0035", 0x54, "Proximity Domain 0x3ff")]
    public void InitiatorOrX2Apic_IsRefused(int offset, string bytes, string rule, int place, string nearest)
    {
        new PatchedTables(Initiators).Findings().Should().BeEmpty();
        PatchedTables machine = new PatchedTables(Initiators).With("SRAT", offset, Convert.FromHexString(bytes));
        KernelFinding found = machine.Findings().Should().Contain(finding => finding.Rule.Number == rule).Subject;
        (((TablePlace)found.Place).Offset, found.Nearest!.ToString()).Should().Be((place, nearest));

        machine.With(found).Findings().Should().BeEmpty();
    }

    /// <summary>One wrong field, its place, and the value that would have done; with that value there is no such finding.</summary>
    [Theory]
    [InlineData("SRAT", 0xa1, "27", "CXK0034", 0xa1, 1, "Length 0x28")]
    [InlineData("SRAT", 0x31, "11", "CXK0034", 0x31, 1, "Length 0x10")]
    [InlineData("SRAT", 0xa1, "00", "CXK0033", 0xa1, 1, null)]
    [InlineData("SRAT", 0x52, "00040000", "CXK0035", 0x52, 4, "Proximity Domain 0x3ff")]
    [InlineData("SRAT", 0x49, "000001", "CXK0035", 0x42, 1, null)]
    [InlineData("SRAT", 0x88, "00F0FFFFFFFFFFFF", "CXK0039", 0x88, 8, "Length 0xffffffffffefffff")]
    [InlineData("SLIT", 0x2c, "0B", "CXK0042", 0x2c, 1, "Distance[0][0] 0xa")]
    [InlineData("SLIT", 0x2d, "0A", "CXK0042", 0x2d, 1, "Distance[0][1] 0xb")]
    [InlineData("SLIT", 0x24, "03", "CXK0043", 0x24, 8, "Number of System Localities 2")]
    [InlineData("SLIT", 0x24, "FFFFFFFFFFFFFFFF", "CXK0043", 0x24, 8, "Number of System Localities 2")]
    [InlineData("HMAT", 0x08, "03", "CXK0045", 0x08, 1, "Revision 2")]
    [InlineData("HMAT", 0x08, "00", "CXK0045", 0x08, 1, "Revision 1")]
    [InlineData("HMAT", 0x2c, "20000000", "CXK0046", 0x2c, 4, "Length 0x28")]
    [InlineData("HMAT", 0x7c, "37000000", "CXK0046", 0x7c, 4, "Length 0x38")]
    [InlineData("HMAT", 0x38, "07000000", "CXK0047", 0x38, 4, "Memory Proximity Domain 1")]
    [InlineData("HMAT", 0x5c, "07000000", "CXK0047", 0x5c, 4, "Initiator Proximity Domain 1")]
    [InlineData("HMAT", 0xb4, "00000000", "CXK0033", 0xb4, 4, null)]
    public void Field_IsRefused(string table, int offset, string bytes, string rule, int place, int width, string? nearest)
    {
        PatchedTables machine = new PatchedTables(Machine).With(table, offset, Convert.FromHexString(bytes));
        KernelFinding found = machine.Findings().Should().Contain(finding => finding.Rule.Number == rule && finding.Place.Equals(new TablePlace(table, place, width))).Subject;
        found.Nearest?.ToString().Should().Be(nearest);
        if (found.Nearest is not null)
        {
            machine.With(found).Findings().Should().NotContain(finding => finding.Rule == found.Rule && finding.Place.Equals(found.Place));
        }
    }

    [Fact]
    public void EveryWrongDistance_IsSaid() =>
        new PatchedTables(Machine).With("SLIT", 0x2c, 11, 10, 20, 9).Findings().Select(found => found.Place)
            .Should().Equal(new TablePlace("SLIT", 0x2c, 1), new TablePlace("SLIT", 0x2d, 1), new TablePlace("SLIT", 0x2f, 1));

    /// <summary>Domain 1 claims what domain 0 has.</summary>
    [Fact]
    public void RamOfTwoDomains_IsFoundWhereItStandsFirst() =>
        new PatchedTables(Machine).With("SRAT", 0xab, 0x20).Findings().Should().Contain(
            new KernelFinding(KernelRules.NodesOverlap, new TablePlace("SRAT", 0x78, 0x28), "0x20000000-0x3fffffff in two domains"));

    [Fact]
    public void RamOfNoDomain_IsFoundByItsAddresses() =>
        new PatchedTables(Machine).With("SRAT", 0xbc, 0).Findings().Should().Contain(found => found.Rule == KernelRules.RamWithoutNode)
            .Which.Found.Should().EndWith("that the SRAT does not cover");

    [Fact]
    public void SratWithoutMemory_IsOfNoUse() =>
        new PatchedTables(Machine).With("SRAT", 0x6c, 0).With("SRAT", 0x94, 0).With("SRAT", 0xbc, 0).Findings()
            .Should().Contain(new KernelFinding(KernelRules.SratWithoutMemory, new TablePlace("SRAT", 0, 0xc8), "no memory that is enabled"));

    /// <summary>Both records of domain 0 begin at zero.</summary>
    [Fact]
    public void RangesOfOneDomainThatOverlap_AreKeptOnce() =>
        new PatchedTables(Machine).With("SRAT", 0x80, new byte[8]).Findings().Should().Contain(found => found.Rule == KernelRules.HmatRange)
            .Which.Place.Should().Be(new TablePlace("SRAT", 0x78, 0x28));

    /// <summary>Recorded: 10 and 12 ns are enough (13-hmat-generic-port).</summary>
    [Fact]
    public void DramThatDiffers_MakesNoMeasure() =>
        new PatchedTables(Machine.Replace("{initiator: 1, target: 1, latency: 100", "{initiator: 1, target: 1, latency: 120")).Findings().Should().ContainSingle()
            .Which.Should().Be(new KernelFinding(
                KernelRules.DramDiffers, new TablePlace("HMAT", 0, 0x28), "nodes 0 (100 and 100 ns, 1000 and 1000 MB/s to read and write) and 1 (120 and 120 ns, 1000 and 1000 MB/s to read and write)"));

    /// <summary>Domain 1023 is the last: what the SRAT has no range for gets none.</summary>
    [Fact]
    public void WindowBehindTheLastDomain_GetsNone() =>
        new PatchedTables(Machine).With("SRAT", 0x42, 0xff).With("SRAT", 0x49, 0x03).With("SRAT", 0xa2, 0xff, 0x03).Findings()
            .Should().Contain(found => found.Rule == KernelRules.NoDomainLeft).Which.Place.Should().Be(new TablePlace("CEDT", 0x44, 0x24));
}
