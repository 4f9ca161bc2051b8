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
        { "an unknown kind of number", Locality(6, 1000, 10, 90) },
        { "a record of length zero", new byte[16] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void WrongRecord_SpoilsTheTable(string what, byte[] record)
    {
        LinuxKernel kernel = Read(2, [.. Domain(0, 0), .. Locality(3, 100, 50, 7), .. record]);

        kernel.Numa.Node(0).Access(0).Should().BeNull(what);
        _machine.Log.Lines.Should().Contain("acpi/hmat: Ignoring: Invalid table");
    }

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
