namespace CxlSim.Kernel.Tests;

public class ShrinkingTests
{
    [Theory]
    [InlineData(new[] { 7 }, 1)]
    [InlineData(new[] { 3, 90 }, 2)]
    [InlineData(new int[0], 0)]
    public void OnlyWhatIsNeeded_IsLeft(int[] needed, int length) =>
        Shrinking.Shrink([.. Enumerable.Range(0, 100)], list => needed.All(list.Contains)).Should().HaveCount(length).And.BeEquivalentTo(needed);
}
