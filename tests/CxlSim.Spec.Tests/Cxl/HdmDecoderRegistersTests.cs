using CxlSim.Spec.Cxl;

namespace CxlSim.Spec.Tests.Cxl;

public class HdmDecoderRegistersTests
{
    private static readonly int[] Counts = [1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32];

    [Fact]
    public void CountCodes_DecodeAsTheTableSays_AndToZeroBeyondIt()
    {
        for (uint code = 0; code < 256; code++)
        {
            HdmDecoderRegisters.DecodeCount(code).Should().Be(code < Counts.Length ? Counts[code] : 0, "code {0}", code);
        }

        HdmDecoderRegisters.DecodeCount(uint.MaxValue).Should().Be(0);
    }

    [Fact]
    public void Counts_EncodeAsTheTableSays_AndNothingElseDoes()
    {
        for (int count = -5; count < 100; count++)
        {
            int expected = Array.IndexOf(Counts, count);

            HdmDecoderRegisters.TryEncodeCount(count, out uint code).Should().Be(expected >= 0, "count {0}", count);
            if (expected >= 0)
            {
                code.Should().Be((uint)expected, "count {0}", count);
            }
        }
    }

    [Fact]
    public void Decoders_FollowEachOther()
    {
        HdmDecoderRegisters.OffsetOf(0, HdmDecoderRegisters.BaseLow).Should().Be(0x10);
        HdmDecoderRegisters.OffsetOf(3, HdmDecoderRegisters.Control).Should().Be(0x80);
        HdmDecoderRegisters.SizeOf(4).Should().Be(HdmDecoderRegisters.OffsetOf(4, 0));
    }
}
