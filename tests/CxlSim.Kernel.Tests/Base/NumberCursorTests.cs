namespace CxlSim.Kernel.Tests;

/// <summary>Numbers with suffixes, as boot parameters have them.</summary>
public sealed class NumberCursorTests
{
    [Theory]
    [InlineData("0x20000000", 0x2000_0000UL, true)]
    [InlineData("512M", 0x2000_0000UL, true)]
    [InlineData("1g", 0x4000_0000UL, true)]
    [InlineData("0x10k", 0x4000UL, true)]
    [InlineData("1E", 1UL << 60, true)]
    [InlineData("020", 16UL, true)]
    [InlineData("0", 0UL, true)]
    [InlineData("4KB", 4096UL, false)]
    [InlineData("0xg", 0UL, false)]
    [InlineData("x", 0UL, false)]
    [InlineData("", 0UL, true)]
    [InlineData("0x1ffffffffffffffff", ulong.MaxValue, true)]
    public void Size_ReadsBaseAndSuffix(string text, ulong expected, bool toTheEnd)
    {
        NumberCursor cursor = new(text);

        cursor.Size().Should().Be(expected);
        cursor.IsAtEnd.Should().Be(toTheEnd);
    }

    [Fact]
    public void Take_PassesOverWhatStandsNext()
    {
        NumberCursor cursor = new("1-2");

        cursor.Number().Should().Be(1);
        cursor.Take('+').Should().BeFalse();
        cursor.Take('-').Should().BeTrue();
        cursor.Number().Should().Be(2);
        cursor.Current.Should().Be('\0');
    }
}
