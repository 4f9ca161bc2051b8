namespace CxlSim.Core.Tests.Addresses;

public class ByteSizeTests
{
    [Theory]
    [InlineData(0ul, "0 B")]
    [InlineData(4097ul, "4097 B")]
    [InlineData(1024ul, "1 KiB")]
    [InlineData(1536ul << 20, "1536 MiB")]
    [InlineData(128ul << 30, "128 GiB")]
    [InlineData(1ul << 40, "1 TiB")]
    [InlineData(1ul << 50, "1 PiB")]
    [InlineData(1ul << 60, "1024 PiB")]
    public void ToString_UsesTheLargestUnitThatDivides(ulong bytes, string expected) => new ByteSize(bytes).ToString().Should().Be(expected);

    [Fact]
    public void Units_ArePowersOf1024()
    {
        ByteSize.KiB(3).Bytes.Should().Be(3 * 1024);
        ByteSize.MiB(3).Bytes.Should().Be(3 * 1024 * 1024);
        ByteSize.GiB(3).Bytes.Should().Be(3ul * 1024 * 1024 * 1024);
        ByteSize.Page.Bytes.Should().Be(4096);
    }

    [Fact]
    public void Units_RefuseOverflow()
    {
        FluentActions.Invoking(() => ByteSize.KiB(1ul << 54)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => ByteSize.MiB(1ul << 44)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => ByteSize.GiB(1ul << 34)).Should().Throw<OverflowException>();
        ByteSize.GiB((1ul << 34) - 1).Bytes.Should().Be(ulong.MaxValue - 0x3fff_ffff);
    }

    [Fact]
    public void Arithmetic_CountsBytes()
    {
        (ByteSize.KiB(1) + ByteSize.KiB(3)).Should().Be(ByteSize.Page);
        (ByteSize.Page - ByteSize.KiB(1)).Should().Be(ByteSize.KiB(3));
        (ByteSize.KiB(1) * 4).Should().Be(ByteSize.Page);
        (ByteSize.Page / 4).Should().Be(ByteSize.KiB(1));
        (ByteSize.GiB(1) / ByteSize.MiB(256)).Should().Be(4);
    }

    [Fact]
    public void Arithmetic_RefusesOverflow()
    {
        FluentActions.Invoking(() => new ByteSize(ulong.MaxValue) + new ByteSize(1)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => ByteSize.Zero - new ByteSize(1)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => new ByteSize(1ul << 63) * 2).Should().Throw<OverflowException>();
    }

    [Fact]
    public void Comparison_OrdersByBytes()
    {
        ByteSize small = ByteSize.KiB(1);
        ByteSize large = ByteSize.MiB(1);

        (small < large && small <= large && large > small && large >= small).Should().BeTrue();
        small.CompareTo(large).Should().BeNegative();
        large.IsMultipleOf(small).Should().BeTrue();
        small.IsMultipleOf(large).Should().BeFalse();
        ByteSize.Zero.IsZero.Should().BeTrue();
    }
}
