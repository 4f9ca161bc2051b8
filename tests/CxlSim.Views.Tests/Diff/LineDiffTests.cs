namespace CxlSim.Views.Tests;

/// <summary>Which lines of two texts are not shared.</summary>
public class LineDiffTests
{
    [Theory]
    [InlineData("a b c", "a b c", "")]
    [InlineData("a b c", "a c", "-b")]
    [InlineData("a c", "a b c", "+b")]
    [InlineData("a b c", "a x c", "-b +x")]
    [InlineData("", "a", "+a")]
    [InlineData("a b", "b a", "-a +a")]
    [InlineData("a x b y c", "a b z c x", "-x -y +z +x")]
    [InlineData("a a", "a", "-a")]
    public void Differences_AreTheLeast(string old, string now, string differences) =>
        LineDiff.Of(Lines(old), Lines(now)).Select(entry => (entry.Old is null ? "+" : "-") + entry.What).Should().Equal(Lines(differences));

    /// <summary>Too many for the table: lines are counted, and two orders of the same lines are not the same.</summary>
    [Fact]
    public void LongTexts_AreCounted()
    {
        string[] lines = [.. Enumerable.Range(0, 5000).Select(number => $"{number}")];

        LineDiff.Of([.. lines, "0"], [.. lines.Reverse()]).Select(entry => (entry.Old is null ? "+" : "-") + entry.What).Should().Equal("-0");
        LineDiff.Of(lines, [.. lines.Reverse()]).Should().Equal(new DiffEntry("0", string.Empty, null), new DiffEntry("4999", null, string.Empty));
    }

    private static string[] Lines(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
