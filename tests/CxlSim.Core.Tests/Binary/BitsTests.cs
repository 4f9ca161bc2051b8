namespace CxlSim.Core.Tests.Binary;

public class BitsTests
{
    private const ulong Pattern = 0xa5c3_f00d_1234_9876;

    [Fact]
    public void Mask_HasOnesFromLowToHigh_ForEveryPair() => ForEveryPair((high, low) =>
    {
        ulong expected = 0;
        for (int bit = low; bit <= high; bit++)
        {
            expected |= 1ul << bit;
        }

        Bits.Mask(high, low).Should().Be(expected, "bits {0}..{1}", high, low);
    });

    [Fact]
    public void Get_ReturnsTheFieldShiftedDown_ForEveryPair() => ForEveryPair((high, low) =>
    {
        UInt128 width = UInt128.One << (high - low + 1);

        Bits.Get(Pattern, high, low).Should().Be((ulong)((Pattern >> low) % width), "bits {0}..{1}", high, low);
    });

    [Fact]
    public void Set_ChangesTheFieldAndNothingElse_ForEveryPair() => ForEveryPair((high, low) =>
    {
        ulong mask = Bits.Mask(high, low);

        Bits.Set(Pattern, high, low, 0).Should().Be(Pattern & ~mask);
        Bits.Set(Pattern, high, low, ulong.MaxValue).Should().Be(Pattern | mask, "what does not fit is cut");
        Bits.Set(Pattern, high, low, Bits.Get(Pattern, high, low)).Should().Be(Pattern);
    });

    [Fact]
    public void ThirtyTwoBitForms_AgreeWithTheWideOnes() => ForEveryPair((high, low) =>
    {
        if (high < 32)
        {
            Bits.Get((uint)(Pattern >> 32), high, low).Should().Be((uint)Bits.Get(Pattern >> 32, high, low));
            Bits.Set(0x1234_9876u, high, low, 0xffff_ffffu).Should().Be((uint)Bits.Set(0x1234_9876ul, high, low, ulong.MaxValue));
        }
    });

    [Fact]
    public void ThirtyTwoBitSet_RefusesBitsThatDoNotExist() =>
        FluentActions.Invoking(() => Bits.Set(0u, 35, 32, 0xfu)).Should().Throw<OverflowException>();

    [Fact]
    public void IsSet_TestsOneBit()
    {
        for (int bit = 0; bit < 64; bit++)
        {
            Bits.IsSet(1ul << bit, bit).Should().BeTrue();
            Bits.IsSet(~(1ul << bit), bit).Should().BeFalse();
        }
    }

    [Fact]
    public void BackwardField_IsEmpty()
    {
        Bits.Mask(3, 4).Should().Be(0);
        Bits.Get(Pattern, 3, 4).Should().Be(0);
        Bits.Set(Pattern, 3, 4, 1).Should().Be(Pattern);
    }

    private static void ForEveryPair(Action<int, int> check)
    {
        for (int low = 0; low < 64; low++)
        {
            for (int high = low; high < 64; high++)
            {
                check(high, low);
            }
        }
    }
}
