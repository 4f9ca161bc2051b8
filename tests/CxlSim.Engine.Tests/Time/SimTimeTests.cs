namespace CxlSim.Engine.Tests.Time;

public class SimTimeTests
{
    [Theory]
    [InlineData(0, "    0.000000")]
    [InlineData(20_512_000_000, "    0.020512")]
    [InlineData(12_345_678_901_234_567, "12345.678901")]
    public void ToString_LooksLikeDmesg(long picoseconds, string expected) => new SimTime(picoseconds).ToString().Should().Be(expected);

    [Fact]
    public void Difference_IsADuration() => (new SimTime(9) - new SimTime(4)).Should().Be(new SimDuration(5));

    [Fact]
    public void Comparison_OrdersInstants()
    {
        SimTime early = new(1);
        SimTime late = new(2);

        (early < late && early <= late && late > early && late >= early).Should().BeTrue();
        early.CompareTo(late).Should().BeNegative();
        (early <= new SimTime(1) && early >= new SimTime(1)).Should().BeTrue();
    }
}
