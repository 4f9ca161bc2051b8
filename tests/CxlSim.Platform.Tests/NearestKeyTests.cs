using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Tests;

public class NearestKeyTests
{
    [Theory]
    [InlineData("rank", "ranks")]
    [InlineData("3", null)]
    [InlineData("33", null)]
    [InlineData("x8", "x4")]
    public void Word_IsMeantToBeOneThatIsNear_ANumberIsNot(string word, string? nearest) => NearestKey.Find(word, ["ranks", "32", "x4"]).Should().Be(nearest);
}
