using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>What one decoder makes of an address, against values worked out by hand (group O of the sheet on address translation).</summary>
public class EndpointOffsetTests
{
    // A multiple of every ways times granularity, so that position by address and position by offset are the same.
    private static readonly Hpa Start = new(0x30_0000_0000);

    public static TheoryData<int, int, int, ulong, ulong> Vectors => new()
    {
        { 1, 256, 0, 0x0, 0x0 },
        { 1, 256, 0, 0x12345678, 0x12345678 },
        { 1, 16384, 0, 0xfffffff, 0xfffffff },
        { 2, 256, 0, 0x0, 0x0 },
        { 2, 256, 1, 0x0, 0x100 },
        { 2, 256, 1, 0xff, 0x1ff },
        { 2, 256, 0, 0x100, 0x200 },
        { 2, 256, 1, 0x1fedcba98, 0x3fdb97598 },
        { 2, 4096, 1, 0xabc, 0x1abc },
        { 2, 4096, 0, 0x1000, 0x2000 },
        { 4, 256, 2, 0x4ff, 0x12ff },
        { 4, 1024, 3, 0x12345, 0x48f45 },
        { 8, 256, 5, 0xfffff, 0x7ffdff },
        { 8, 16384, 7, 0x40003fff, 0x20001ffff },
        { 16, 256, 15, 0x1ff, 0x1fff },
        { 16, 16384, 9, 0x7654321, 0x76564321 },
        { 3, 256, 0, 0x0, 0x0 },
        { 3, 256, 2, 0xff, 0x2ff },
        { 3, 256, 1, 0x100, 0x400 },
        { 3, 512, 2, 0x3fffffff, 0xbfffffff },
        { 6, 256, 0, 0x200, 0xc00 },
        { 6, 256, 5, 0x2ab, 0x11ab },
        { 6, 4096, 4, 0x10000fff, 0x60004fff },
        { 12, 256, 11, 0x1ff, 0x17ff },
        { 12, 1024, 7, 0xdeadbee, 0xa7023fee },
        { 12, 16384, 3, 0xfffc001, 0xbffdc001 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void AddressFallsAtPositionAndOffset(int ways, int granularity, int position, ulong dpaOffset, ulong hpaOffset)
    {
        HdmDecoder decoder = new(AddressRange.Of(Start, ByteSize.GiB(12)), ways, granularity, 0);
        Hpa address = Start + new ByteSize(hpaOffset);

        decoder.PositionOf(address).Should().Be(position);
        decoder.OffsetOf(address).Bytes.Should().Be(dpaOffset);
    }

    // Rows of group U: hardware looks at absolute address bits, so a base that is no multiple of three chunks turns the positions.
    [Theory]
    [InlineData(0x3010000000, 1, 0x0)]
    [InlineData(0x3010000100, 2, 0x0)]
    [InlineData(0x3010000200, 0, 0x0)]
    [InlineData(0x3010000500, 0, 0x100)]
    [InlineData(0x30100004ff, 2, 0x1ff)]
    public void ThreeWayPosition_CountsAbsoluteBits_WhenTheBaseIsNoMultipleOfThree(ulong address, int position, ulong dpaOffset)
    {
        HdmDecoder decoder = new(AddressRange.Of(new Hpa(0x3010000000), ByteSize.MiB(768)), 3, 256, 0);

        decoder.PositionOf(new Hpa(address)).Should().Be(position);
        decoder.OffsetOf(new Hpa(address)).Bytes.Should().Be(dpaOffset);
    }
}
