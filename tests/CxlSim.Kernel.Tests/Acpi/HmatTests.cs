using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel.Tests;

/// <summary>HMATs that are right, and such that are not: one bad record spoils the whole table.</summary>
public sealed class HmatTests
{
    private readonly TableMachine _machine = new TableMachine().Ram(0, (4UL << 30) - 1)
        .Table("SRAT", 3, [.. new byte[12], .. Bytes(new SratProcessorAffinity { Length = 16, Flags = 1 }), .. Memory(0, 0), .. Memory(5, 2)])
        .Table("APIC", 5, [.. new byte[8], .. Bytes(new MadtLocalApic { Type = MadtLocalApic.TypeId, Length = 8, Flags = 1 })]);

    [Fact]
    public void Domains_BelongToNodes()
    {
        LinuxKernel kernel = Read(2, [.. Domain(0, 0), .. Domain(0, 5), .. Locality(0, 1000, 10, 90), .. Locality(3, 100, 50, 7)]);

        kernel.Numa.Node(0).Access(0)!.Coordinates.Should().Be(new AccessCoordinates(10, 10, 5000, 5000));
        kernel.Numa.Node(1).Access(1)!.Coordinates.Should().Be(new AccessCoordinates(90, 90, 700, 700));
        kernel.Numa.Node(1).Access(1)!.Initiators.Links.Keys.Should().Equal("node0");
        kernel.Tiers.DistanceOf(kernel.Numa.Node(1), 0).Should().Be(576 * 9 * 10000 / 1400);
    }

    /// <summary>The earlier revision counts in tenths whatever it counts.</summary>
    [Theory]
    [InlineData(1, 0, 1UL, 9, 0)]
    [InlineData(1, 0, 1UL, 11, 2)]
    [InlineData(1, 3, 10UL, 11, 11)]
    [InlineData(2, 0, 1UL, 1001, 2)]
    [InlineData(2, 0, 1000UL, 0xffff, 0)]
    [InlineData(2, 3, 1UL << 32, 1, 0)]
    [InlineData(2, 3, 1024UL, 10, 10240)]
    public void Entries_AreNormalized(byte revision, byte dataType, ulong unit, ushort entry, uint expected) =>
        HmatMatrix.Normalize(entry, unit, revision, dataType < 3).Should().Be(expected);

    [Theory]
    [InlineData(3, false)]
    [InlineData(0, false)]
    [InlineData(2, true)]
    public void Revision_MustBeKnown(byte revision, bool isKnown) =>
        (Read(revision, [.. Domain(0, 0), .. Locality(0, 1000, 10, 90)]).Numa.Node(0).Access(0) is not null).Should().Be(isKnown);

    public static TheoryData<string, byte[]> Wrong => new()
    {
        { "memory that SRAT does not know", Domain(0, 9) },
        { "a processor that SRAT does not know", Domain(9, 0) },
        { "a domain record of a wrong length", [.. Domain(0, 0)[..4], 0x20, 0, 0, 0, .. new byte[32]] },
        { "a locality that is shorter than its lists", [.. Locality(0, 1000, 10, 90)[..^2]] },
        { "counts past everything", [.. Locality(0, 1000, 10, 90)[..12], .. Enumerable.Repeat((byte)0xff, 8), .. new byte[40]] },
        { "a cache record that is cut off", [.. Bytes(new HmatCache { Type = 2, Length = 0x1c, MemoryDomain = 0 })] },
        { "a record of length zero", new byte[16] },
    };

    [Fact]
    public void UnknownKindOfNumber_CountsForNothing()
    {
        LinuxKernel kernel = Read(2, [.. Locality(0, 1000, 10, 90), .. Locality(3, 100, 50, 7), .. Locality(6, 1000, 1, 1)]);

        kernel.Numa.Node(0).Access(0)!.Coordinates.Should().Be(new AccessCoordinates(10, 10, 5000, 5000));
        _machine.Log.Graded.Should().Contain("I acpi/hmat: Locality: Flags:00 Type:Reserved Initiator Domains:1 Target Domains:2 Base:1000");
    }

    /// <summary>As the recording 13-hmat-generic-port words them.</summary>
    [Fact]
    public void Numbers_AreLogged()
    {
        Read(2, [.. Domain(0, 0), .. Locality(0, 1000, 10, 90), .. Locality(3, 1024, 10, 7)]);

        _machine.Log.Graded.Should().ContainInOrder(
            "I acpi/hmat: Memory Flags:0001 Processor Domain:0 Memory Domain:0",
            "I acpi/hmat: Locality: Flags:00 Type:Access Latency Initiator Domains:1 Target Domains:2 Base:1000",
            "I acpi/hmat:   Initiator-Target[0-0]:10 nsec",
            "I acpi/hmat:   Initiator-Target[0-5]:90 nsec",
            "I acpi/hmat: Locality: Flags:00 Type:Access Bandwidth Initiator Domains:1 Target Domains:2 Base:1024",
            "I acpi/hmat:   Initiator-Target[0-0]:10240 MB/s");
    }

    /// <summary>A direct-mapped write-back cache of 64-byte lines as the second of two levels.</summary>
    [Fact]
    public void Caches_HangBelowTheNode()
    {
        LinuxKernel kernel = Read(2, [.. Locality(0, 1000, 10, 90), .. Bytes(Cache(0, 0x40_1122)), .. Bytes(Cache(0, 0x80_2221)), .. Bytes(Cache(77, 0))]);

        kernel.Numa.Node(0).Children["memory_side_cache"].Children.Keys.Should().ContainSingle().Which.Should().Be("index2");
        kernel.Numa.Node(1).Children.Keys.Should().NotContain("memory_side_cache");
        _machine.Log.Graded.Should().Contain("W node 0: a memory-side cache of level 2 is there already");
        HmatCacheLevel.Of(Cache(0, 0x40_1122)).Should().Be(new HmatCacheLevel(2, 1 << 30, 64, 0, 0));
        HmatCacheLevel.Of(Cache(0, 0x80_2211)).Should().Be(new HmatCacheLevel(1, 1 << 30, 128, 1, 1));
        HmatCacheLevel.Of(Cache(0, 0x80_0011)).Should().Be(new HmatCacheLevel(1, 1 << 30, 128, 2, 2), "none is something else");
    }

    [Theory]
    [InlineData("numa=nohmat")]
    [InlineData("numa=noacpi")]
    [InlineData("numa=off")]
    public void Options_LeaveTheTableOut(string commandLine)
    {
        _machine.Kernel(commandLine);

        Read(2, [.. Domain(0, 0), .. Locality(0, 1000, 10, 90)]).Numa.Node(0).Access(0).Should().BeNull();
    }

    /// <summary>Revision 1 says by a flag whether it means the memory domain at all.</summary>
    [Fact]
    public void Revision1_MayLeaveTheMemoryDomainOut() =>
        Read(1, [.. Bytes(new HmatProximity { Length = 40, Flags = 1, Initiator = 0, Memory = 9 }), .. Locality(0, 10, 10, 90)]).Numa.Node(0).Access(0).Should().NotBeNull();

    /// <summary>Every range of SRAT is offered to dax_hmem, DRAM too, and the first to come keeps it.</summary>
    [Fact]
    public void Ranges_AreOfferedWithTheirNodes()
    {
        LinuxKernel kernel = Read(2, [.. Domain(0, 0), .. Locality(0, 1000, 10, 90)]);

        kernel.Hmem.Register(AddressRange.Of(new Hpa(3UL << 30), ByteSize.MiB(2)), 7);

        kernel.Hmem.Active.Select(entry => (entry.Range.Start.Value >> 30, entry.TargetNode)).Should().Equal((0, 0), (2, 1));
        _machine.Log.Graded.Should().Contain("D hmem range [mem 0xc0000000-0xc01fffff flags 0x200] already active");
    }

    [Fact]
    public void HmemCanBeSwitchedOff()
    {
        _machine.Kernel("device_hmem.disable=Y");

        Read(2, [.. Domain(0, 0), .. Locality(0, 1000, 10, 90)]).Hmem.Active.Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WrongRecord_SpoilsTheTable(string what, byte[] record)
    {
        LinuxKernel kernel = Read(2, [.. Domain(0, 0), .. Locality(3, 100, 50, 7), .. record]);

        kernel.Numa.Node(0).Access(0).Should().BeNull(what);
        _machine.Log.Lines.Should().Contain("acpi/hmat: Ignoring: Invalid table");
    }

    private static HmatCache Cache(uint domain, uint attributes) =>
        new() { Type = HmatCache.TypeId, Length = 0x20, MemoryDomain = domain, CacheSize = 1 << 30, Attributes = attributes };

    private static byte[] Domain(uint initiator, uint memory) =>
        Bytes(new HmatProximity { Length = 40, Flags = 1, Initiator = initiator, Memory = memory });

    /// <summary>From domain 0 to domains 0 and 5.</summary>
    private static byte[] Locality(byte dataType, ulong unit, ushort near, ushort far) =>
    [
        .. Bytes(new HmatLocality { Type = 1, Length = 32 + 12 + 4, DataType = dataType, Initiators = 1, Targets = 2, BaseUnit = unit }),
        .. new ByteWriter().U32(0).U32(0).U32(5).U16(near).U16(far).ToArray(),
    ];

    private static byte[] Memory(uint domain, ulong firstGiB) =>
        Bytes(new SratMemoryAffinity { Type = 1, Length = 40, ProximityDomain = domain, Base = firstGiB << 30, RangeLength = 2UL << 30, Flags = 1 });

    private static byte[] Bytes<T>(T value)
        where T : unmanaged, IBinaryLayout => BinaryLayout.ToBytes(value);

    private LinuxKernel Read(byte revision, byte[] records)
    {
        LinuxKernel kernel = _machine.Table("HMAT", revision, [.. new byte[4], .. records]).Boot();
        kernel.Hmat.Init();
        return kernel;
    }
}
