using CxlSim.Core;

namespace CxlSim.Kernel.Tests;

/// <summary>Bus numbers and memory ranges of a root bridge, descriptor by descriptor.</summary>
public sealed class CrsReaderTests
{
    [Fact]
    public void Descriptors_OfEveryWidthAreRead()
    {
        byte[] crs = new ByteWriter().Bytes(Bus(0x10, 0x1f)).Bytes(Memory32(0x8000_0000, 0x8fff_ffff)).Bytes(Memory64(0x10_0000_0000, 0x1f_ffff_ffff)).Bytes(End).ToArray();

        IReadOnlyList<AddressRange> memory = CrsReader.Read(crs, out (byte First, byte Last)? buses);

        buses.Should().Be(((byte)0x10, (byte)0x1f));
        memory.Select(range => range.ToString()).Should().Equal("0x80000000-0x8fffffff", "0x1000000000-0x1fffffffff");
    }

    [Fact]
    public void SmallDescriptors_ArePassedOver()
    {
        byte[] crs = [0x22, 0x00, 0x10, .. Bus(1, 2), .. End, .. Bus(3, 4)];

        CrsReader.Read(crs, out (byte First, byte Last)? buses);

        buses.Should().Be(((byte)1, (byte)2), "nothing counts behind the end tag");
    }

    [Fact]
    public void WithoutBuses_ThereAreNone()
    {
        CrsReader.Read(Memory32(0x1000, 0x1fff), out (byte First, byte Last)? buses);

        buses.Should().BeNull();
    }

    [Fact]
    public void BackwardAndOversizedRanges_AreLeftOut()
    {
        byte[] crs = new ByteWriter().Bytes(Memory32(0x2000, 0x1fff)).Bytes(Bus(0x10, 0x100)).Bytes(End).ToArray();

        CrsReader.Read(crs, out (byte First, byte Last)? buses).Should().BeEmpty();

        buses.Should().BeNull();
    }

    [Fact]
    public void WholeAddressSpace_IsNoRangeOfABridge()
    {
        CrsReader.Read(Memory64(0, ulong.MaxValue), out _).Should().BeEmpty();
    }

    [Fact]
    public void TruncatedBuffers_GiveWhatIsWhole()
    {
        byte[] crs = [.. Bus(1, 2), .. Memory64(0x1000, 0x1fff)];
        for (int length = 0; length < crs.Length; length++)
        {
            CrsReader.Read(crs.AsSpan(0, length), out _).Should().BeEmpty();
        }
    }

    private static byte[] End => [0x79, 0];

    private static byte[] Bus(ushort first, ushort last) => new ByteWriter()
        .U8(0x88).U16(13).U8(2).U8(0x0c).U8(0).U16(0).U16(first).U16(last).U16(0).U16(1).ToArray();

    private static byte[] Memory32(uint first, uint last) => new ByteWriter()
        .U8(0x87).U16(23).U8(0).U8(0x0c).U8(1).U32(0).U32(first).U32(last).U32(0).U32(0).ToArray();

    private static byte[] Memory64(ulong first, ulong last) => new ByteWriter()
        .U8(0x8a).U16(43).U8(0).U8(0x0c).U8(1).U64(0).U64(first).U64(last).U64(0).U64(0).ToArray();
}
