namespace CxlSim.Core.Tests.Addresses;

public class DpaTests
{
    [Fact]
    public void Address_PlusSize_IsAnAddress_AndTheDifferenceIsASize()
    {
        Dpa start = new(0x4_9000_0000);

        Dpa end = start + ByteSize.GiB(4);

        end.Should().Be(new Dpa(0x5_9000_0000));
        (end - start).Should().Be(ByteSize.GiB(4));
    }

    [Fact]
    public void Arithmetic_RefusesOverflow()
    {
        FluentActions.Invoking(() => new Dpa(ulong.MaxValue) + new ByteSize(1)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => Dpa.Zero - new Dpa(1)).Should().Throw<OverflowException>();
    }

    [Theory]
    [InlineData(0ul, "0x0")]
    [InlineData(0x4_9000_0000ul, "0x490000000")]
    [InlineData(ulong.MaxValue, "0xffffffffffffffff")]
    public void ToString_IsHexadecimalAsTheKernelPrintsIt(ulong value, string expected) => new Dpa(value).ToString().Should().Be(expected);

    [Fact]
    public void Comparison_IsUnsigned()
    {
        Dpa low = new(1);
        Dpa high = new(1ul << 63);

        (low < high && low <= high && high > low && high >= low).Should().BeTrue();
        low.CompareTo(high).Should().BeNegative();
    }
}
