using CxlSim.Core;

namespace CxlSim.Kernel.Tests.Cxl;

/// <summary>Maps found in a CEDT, and what they make of addresses (group X of the sheet on address translation).</summary>
public class CxlXorMapsTests
{
    private static readonly ulong[] Published = [0x2020900, 0x4041200, 0x1010400, 0x800];

    [Theory]
    [InlineData(2, 0x100, 0x100)]
    [InlineData(2, 0x10100, 0x10100)]
    [InlineData(2, 0x20000, 0x20100)]
    [InlineData(4, 0x10000200, 0x10000200)]
    [InlineData(4, 0x20380, 0x20280)]
    [InlineData(8, 0x9534, 0x9734)]
    [InlineData(16, 0x1f00, 0x1c00)]
    [InlineData(3, 0x3200, 0x3200)]
    [InlineData(6, 0xc0500, 0xc0500)]
    [InlineData(12, 0x30b00, 0x30b00)]
    public void Address_IsThatOfTheVector(int ways, ulong decoded, ulong issued)
    {
        CxlXorMaps.Find(Cedt(Cxims(0, Published)), ways, 256, out CxlXorMaps? maps).Should().Be(Errno.Ok);

        maps!.Restore(new Hpa(decoded)).Should().Be(new Hpa(issued));
    }

    [Fact]
    public void Maps_AreThoseOfTheWindowsGranularity()
    {
        byte[] cedt = Cedt([.. Cxims(1, [0x404200]), .. Cxims(0, [0x404100])]);

        CxlXorMaps.Find(cedt, 2, 256, out CxlXorMaps? fine).Should().Be(Errno.Ok);
        CxlXorMaps.Find(cedt, 2, 512, out CxlXorMaps? coarse).Should().Be(Errno.Ok);

        fine!.Restore(new Hpa(0x4000)).Should().Be(new Hpa(0x4100));
        coarse!.Restore(new Hpa(0x4000)).Should().Be(new Hpa(0x4200));
    }

    [Fact]
    public void MapOfZero_ChangesNothing()
    {
        CxlXorMaps.Find(Cedt(Cxims(0, [0, 0x808200])), 4, 256, out CxlXorMaps? maps).Should().Be(Errno.Ok);

        maps!.Restore(new Hpa(0x8001)).Should().Be(new Hpa(0x8201));
    }

    [Theory]
    [InlineData(4, 256, Errno.Ok)]
    [InlineData(8, 256, Errno.ENXIO)]
    [InlineData(2, 512, Errno.EINVAL)]
    [InlineData(1, 512, Errno.Ok)]
    [InlineData(3, 512, Errno.Ok)]
    public void Structure_HasToServeTheGranularityAndTheWays(int ways, int granularity, Errno expected)
    {
        CxlXorMaps.Find(Cedt(Cxims(0, [0x404100, 0x808200])), ways, granularity, out CxlXorMaps? maps).Should().Be(expected);

        (maps is not null).Should().Be(expected == Errno.Ok);
    }

    [Fact]
    public void StructureOfNoGranularity_EndsTheSearch() =>
        CxlXorMaps.Find(Cedt([.. Cxims(7, [0x404100]), .. Cxims(0, [0x404100])]), 2, 256, out _).Should().Be(Errno.EINVAL);

    [Fact]
    public void CutTable_LacksMapsAsIfTheyWereZero()
    {
        CxlXorMaps.Find(Cedt(Cxims(0, [0x404100, 0x808200]))[..^8], 4, 256, out CxlXorMaps? maps).Should().Be(Errno.Ok);

        maps!.Restore(new Hpa(0xc000)).Should().Be(new Hpa(0xc100));
    }

    /// <summary>A header, which nobody looks at here, and records.</summary>
    private static byte[] Cedt(byte[] records) => [.. new byte[36], .. records];

    private static byte[] Cxims(byte granularity, ulong[] maps) =>
        [2, 0, (byte)(8 + (8 * maps.Length)), 0, 0, 0, granularity, (byte)maps.Length, .. maps.SelectMany(BitConverter.GetBytes)];
}
