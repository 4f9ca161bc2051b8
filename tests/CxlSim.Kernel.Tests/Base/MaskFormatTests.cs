namespace CxlSim.Kernel.Tests;

/// <summary>Bitmaps as the kernel prints them.</summary>
public sealed class MaskFormatTests
{
    [Theory]
    [InlineData(2, "3", 0, 1)]
    [InlineData(2, "0")]
    [InlineData(5, "11", 0, 4)]
    [InlineData(8, "01", 0)]
    [InlineData(32, "80000001", 0, 31)]
    [InlineData(33, "1,00000000", 32)]
    [InlineData(96, "00000001,00000000,80000000", 64, 31)]
    public void Of_WritesWordsOf32Bits_HighestFirst(int bits, string expected, params int[] numbers) => MaskFormat.Of(numbers, bits).Should().Be(expected);
}
