namespace CxlSim.Kernel.Tests;

/// <summary>Lists of numbers as sysfs prints them.</summary>
public sealed class ListFormatTests
{
    [Theory]
    [InlineData(new int[0], "")]
    [InlineData(new[] { 3 }, "3")]
    [InlineData(new[] { 0, 1 }, "0-1")]
    [InlineData(new[] { 4, 1, 0, 2 }, "0-2,4")]
    [InlineData(new[] { 0, 2, 3, 7, 8, 9 }, "0,2-3,7-9")]
    public void Of_JoinsNeighbours(int[] numbers, string expected) => ListFormat.Of(numbers).Should().Be(expected);
}
