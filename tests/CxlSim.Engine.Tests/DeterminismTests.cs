namespace CxlSim.Engine.Tests;

public class DeterminismTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(20260)]
    public void SameSeed_GivesTheSameTrace(ulong seed)
    {
        IReadOnlyList<string> first = RandomProgram.Run(seed);

        first.Should().HaveCountGreaterThan(500, "the program must do something");
        RandomProgram.Run(seed).Should().Equal(first);
    }

    [Fact]
    public void OtherSeed_GivesAnotherTrace() => RandomProgram.Run(1).Should().NotEqual(RandomProgram.Run(2));
}
