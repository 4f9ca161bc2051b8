namespace CxlSim.Engine.Tests.Time;

public class SimDurationTests
{
    [Fact]
    public void Units_CountPicoseconds()
    {
        SimDuration.Nanoseconds(1).Should().Be(new SimDuration(1_000));
        SimDuration.Microseconds(1).Should().Be(new SimDuration(1_000_000));
        SimDuration.Milliseconds(1).Should().Be(new SimDuration(1_000_000_000));
        SimDuration.Seconds(1).Should().Be(new SimDuration(1_000_000_000_000));
    }

    [Fact]
    public void Nanoseconds_AreRoundedToThePicosecondThatWasWritten()
    {
        for (int picoseconds = 0; picoseconds < 100_000; picoseconds++)
        {
            SimDuration.Nanoseconds(picoseconds / 1000.0).Picoseconds.Should().Be(picoseconds);
        }
    }

    [Fact]
    public void Arithmetic_RefusesOverflow()
    {
        FluentActions.Invoking(() => new SimDuration(long.MaxValue) + new SimDuration(1)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => new SimDuration(long.MaxValue) * 2).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => SimDuration.Seconds(10_000_000)).Should().Throw<OverflowException>();
        FluentActions.Invoking(() => SimDuration.Nanoseconds(1e300)).Should().Throw<OverflowException>();
    }

    [Theory]
    [InlineData(0, "0 ns")]
    [InlineData(1, "0.001 ns")]
    [InlineData(170_000, "170 ns")]
    [InlineData(1_000_000, "1 us")]
    [InlineData(20_500_000_000, "20.5 ms")]
    [InlineData(3_000_000_000_000, "3 s")]
    public void ToString_UsesTheLargestUnit(long picoseconds, string expected) => new SimDuration(picoseconds).ToString().Should().Be(expected);
}
