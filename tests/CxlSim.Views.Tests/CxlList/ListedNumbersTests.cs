namespace CxlSim.Views.Tests;

/// <summary>Sizes as recordings and the tool's own arithmetic show them.</summary>
public class ListedNumbersTests
{
    [Theory]
    [InlineData(536870912UL, "512.00 MiB (536.87 MB)")] // golden 01-single-volatile
    [InlineData(1073741824UL, "1024.00 MiB (1073.74 MB)")]
    [InlineData(4294967296UL, "4.00 GiB (4.29 GB)")]
    [InlineData(137438953472UL, "128.00 GiB (137.44 GB)")]
    [InlineData(1UL << 42, "4.00 TiB (4.40 TB)")]
    public void Sizes_AreRoundedToHundredths(ulong bytes, string expected) => new ListedNumbers(human: true).Size(bytes).Should().Be(expected);

    [Fact]
    public void SmallSizes_AreBytes() => new ListedNumbers(human: true).Size(2097152).Should().Be(2097152L);

    [Fact]
    public void Sizes_AreBytesUnlessAskedOtherwise() => new ListedNumbers(human: false).Size(4294967296).Should().Be(4294967296L);

    [Theory]
    [InlineData(0UL, "0")]
    [InlineData(0x490000000UL, "0x490000000")]
    public void Addresses_AreHexadecimalForHumans(ulong value, string expected) => new ListedNumbers(human: true).Hex(value).Should().Be(expected);
}
