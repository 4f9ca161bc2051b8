using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

public class HdmDecoderTests
{
    private const ulong Base = 0x10_0000_0000;
    private const ulong Size = 0x1000_0000;

    public static TheoryData<uint, int> WaysCodes => new()
    {
        { 0, 1 }, { 1, 2 }, { 2, 4 }, { 3, 8 }, { 4, 16 }, { 8, 3 }, { 9, 6 }, { 10, 12 },
    };

    public static TheoryData<uint, int> GranularityCodes => new()
    {
        { 0, 256 }, { 1, 512 }, { 2, 1024 }, { 3, 2048 }, { 4, 4096 }, { 5, 8192 }, { 6, 16384 },
    };

    [Theory]
    [MemberData(nameof(WaysCodes))]
    public void Ways_AreBitsSevenToFour(uint code, int ways)
    {
        HdmDecoder decoder = HdmDecoder.FromRegisters(0, Base, Size, code << 4, 0);
        decoder.Fault.Should().BeNull();
        decoder.Ways.Should().Be(ways);
    }

    [Theory]
    [MemberData(nameof(GranularityCodes))]
    public void Granularity_IsBitsThreeToZero(uint code, int granularity)
    {
        HdmDecoder decoder = HdmDecoder.FromRegisters(0, Base, Size, code, 0);
        decoder.Fault.Should().BeNull();
        decoder.Granularity.Should().Be(granularity);
    }

    [Fact]
    public void EveryOtherCode_IsNoDecoder()
    {
        for (uint code = 0; code < 256; code++)
        {
            bool legal = (code >> 4) is <= 4 or (>= 8 and <= 10) && (code & 15) <= 6;
            (HdmDecoder.FromRegisters(0, Base, Size, code, 0).Fault is null).Should().Be(legal, "of code {0:x2}", code);
        }
    }

    [Theory]
    [InlineData(0xffff_ff00U)]
    [InlineData(0x0000_1f00U)]
    public void OtherControlBits_SayNothingOfTheGeometry(uint control)
    {
        HdmDecoder decoder = HdmDecoder.FromRegisters(0, Base, Size, control, 7);
        decoder.Fault.Should().BeNull();
        decoder.Should().Be(new HdmDecoder(AddressRange.Of(new Hpa(Base), new ByteSize(Size)), 1, 256, 7));
    }

    [Theory]
    [InlineData(Base, 0)]
    [InlineData(0xffff_ffff_f000_0000, 0x2000_0000)]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    [InlineData(2, ulong.MaxValue)]
    public void EmptyAndOverlongRanges_AreNoDecoder(ulong start, ulong size) => HdmDecoder.FromRegisters(0, start, size, 0, 0).Fault.Should().Be(RouteFaultKind.ImpossibleRange);

    [Fact]
    public void RangeUpToTheLastAddress_IsADecoder() => HdmDecoder.FromRegisters(0, 0xffff_ffff_f000_0000, Size, 0, 0).Fault.Should().BeNull();

    [Fact]
    public void Capacity_IsTheShareOfOneDevice()
    {
        HdmDecoder decoder = HdmDecoder.FromRegisters(0, Base, 0x6000_0000, 9 << 4, 0x4000_0000);
        decoder.Fault.Should().BeNull();
        decoder.DpaSize.Should().Be(ByteSize.MiB(256));
        decoder.DpaSkip.Should().Be(ByteSize.GiB(1));
    }
}
