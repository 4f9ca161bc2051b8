using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Paths;

/// <summary>A vendor's x8 device under as much load as it takes (fact sheet 40, sections 2 and 3): one set of parameters for all mixes.</summary>
public class SaturationTests
{
    private const int Outstanding = 260;
    private static readonly PathParameters Device = new(new LinkRate(8, 32, FlitMode.Flit68), SimDuration.Nanoseconds(104), SimDuration.Nanoseconds(48));

    [Theory]
    [InlineData(2, 24.475)]
    [InlineData(6, 25.296)]
    [InlineData(16, 27.613)]
    [InlineData(38, 34.585)]
    [InlineData(58, 43.65)]
    [InlineData(76, 34.421)]
    [InlineData(90, 29.496)]
    public void Bandwidth_IsWhatWasMeasured(int reads, double gigabytes) =>
        (Saturated(reads).Bandwidth / 1e9).Should().BeApproximately(gigabytes, gigabytes / 100);

    /// <summary>Reads wait behind answers where these fill the link; where writes fill the other direction, they pass them in the host.</summary>
    [Theory]
    [InlineData(2, 157.9)]
    [InlineData(38, 154.1)]
    [InlineData(58, 370.2)]
    [InlineData(90, 578.5)]
    public void Latency_ComesOutOfQueues(int reads, double nanoseconds) => Saturated(reads).ReadLatency.Should().BeApproximately(nanoseconds, nanoseconds / 5);

    [Fact]
    public void IdlePath_TakesItsFixedTimeAndThatOfTheMessages()
    {
        Simulation simulation = new(1);
        ClosedLoop loop = new(simulation, new MemoryPath(simulation, Device), 1, 1, SimDuration.Microseconds(1));

        loop.Measure(SimDuration.Microseconds(1), SimDuration.Microseconds(100));

        loop.ReadLatency.Should().BeApproximately(104 + 0.532 + 2.391, 0.001); // a slot down, four and a half up
    }

    [Fact]
    public void SameSeed_GivesTheSame() => Saturated(58).ReadLatency.Should().Be(Saturated(58).ReadLatency);

    private static ClosedLoop Saturated(int reads)
    {
        Simulation simulation = new(7);
        ClosedLoop loop = new(simulation, new MemoryPath(simulation, Device), Outstanding, reads / 100.0, SimDuration.Zero);
        loop.Measure(SimDuration.Microseconds(10), SimDuration.Microseconds(200));
        return loop;
    }
}
