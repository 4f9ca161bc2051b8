namespace CxlSim.Core.Tests.Addresses;

public class HpaTests
{
    [Fact]
    public void Address_PlusSize_IsAnAddress_AndTheDifferenceIsASize()
    {
        Hpa start = new(0x4_9000_0000);

        Hpa end = start + ByteSize.GiB(4);

        end.Should().Be(new Hpa(0x5_9000_0000));
        (end - start).Should().Be(ByteSize.GiB(4));
    }

    [Fact]
    public void Arithmetic_RefusesOverflow()
    {
        FluentActions.Invoking(() => new Hpa(ulong.MaxValue) + new ByteSize(1)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => Hpa.Zero - new Hpa(1)).Should().Throw<OverflowException>();
    }

    [Theory]
    [InlineData(0ul, "0x0")]
    [InlineData(0x4_9000_0000ul, "0x490000000")]
    [InlineData(ulong.MaxValue, "0xffffffffffffffff")]
    public void ToString_IsHexadecimalAsTheKernelPrintsIt(ulong value, string expected) => new Hpa(value).ToString().Should().Be(expected);

    [Fact]
    public void Comparison_IsUnsigned()
    {
        Hpa low = new(1);
        Hpa high = new(1ul << 63);

        (low < high && low <= high && high > low && high >= low).Should().BeTrue();
        low.CompareTo(high).Should().BeNegative();
    }

    [Fact]
    public void Size_CanBeTakenFromAnAddress() => (new Hpa(0x5000) - ByteSize.Page).Should().Be(new Hpa(0x4000));

    [Theory]
    [InlineData(0x1000_0000ul, 28, true)]
    [InlineData(0x1000_1000ul, 28, false)]
    [InlineData(0ul, 63, true)]
    public void IsAligned_TestsTheLowBits(ulong address, int shift, bool expected) => new Hpa(address).IsAligned(new ByteSize(1ul << shift)).Should().Be(expected);

    [Fact]
    public void IsAligned_AsksNothing_WhenTheAlignmentIsZero() => new Hpa(123).IsAligned(ByteSize.Zero).Should().BeTrue();
}
