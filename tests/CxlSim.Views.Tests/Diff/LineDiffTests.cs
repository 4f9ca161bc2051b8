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

    private static string[] Lines(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
