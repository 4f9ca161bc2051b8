namespace CxlSim.Views.Tests;

/// <summary>Sizes with one letter, against what lsmem printed of such sizes.</summary>
public class MemorySizeTextTests
{
    [Theory]
    [InlineData(0UL, "0B")]
    [InlineData(134217728UL, "128M")]
    [InlineData(2013265920UL, "1.9G")]
    [InlineData(2147483648UL, "2G")]
    [InlineData(2550136832UL, "2.4G")]
    [InlineData(2684354560UL, "2.5G")]
    public void Size_IsAsRecorded(ulong bytes, string text) => MemorySizeText.Of(bytes).Should().Be(text);

    /// <summary>What lsmem of util-linux prints: thousandths are cut off before they are rounded.</summary>
    [Theory]
    [InlineData(1376UL << 30, "1.3T")]
    [InlineData(1984UL << 30, "1.9T")]
    [InlineData(ulong.MaxValue, "16E")]
    public void Size_IsRoundedTwice(ulong bytes, string text) => MemorySizeText.Of(bytes).Should().Be(text);

    /// <summary>What rounds up to ten tenths is the next whole number.</summary>
    [Fact]
    public void AlmostTwo_IsTwo() => MemorySizeText.Of((2UL << 30) - (1UL << 20)).Should().Be("2G");
}
