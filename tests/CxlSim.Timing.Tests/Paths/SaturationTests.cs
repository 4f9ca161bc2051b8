using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Paths;

public class SaturationTests
{
    [Theory]
    [InlineData(2, 24.475)]
    [InlineData(6, 25.296)]
    [InlineData(16, 27.613)]
    [InlineData(38, 34.585)]
    [InlineData(58, 43.65)]
    [InlineData(76, 34.421)]
    [InlineData(90, 29.496)]
    public void Bandwidth_IsWhatWasMeasured(int reads, double gigabytes) =>
        (VendorDevice.Saturated(reads).Bandwidth / 1e9).Should().BeApproximately(gigabytes, gigabytes / 100);

    /// <summary>Reads wait behind answers where these fill the link; where writes fill the other direction, they pass them in the host.</summary>
    [Theory]
    [InlineData(2, 157.9)]
    [InlineData(38, 154.1)]
    [InlineData(58, 370.2)]
    [InlineData(90, 578.5)]
    public void Latency_ComesOutOfQueues(int reads, double nanoseconds) =>
        VendorDevice.Saturated(reads).ReadLatency.Should().BeApproximately(nanoseconds, nanoseconds / 5);

    [Theory]
    [InlineData(90, 6.4, 108.9)]
    [InlineData(90, 12.8, 110.8)]
    [InlineData(90, 21.3, 115.4)]
    [InlineData(90, 25.6, 120.6)]
    [InlineData(90, 27.8, 127.3)]
    [InlineData(58, 6.4, 110.1)]
    [InlineData(58, 12.8, 113.9)]
    [InlineData(58, 21.3, 120.5)]
    [InlineData(58, 25.6, 124.1)]
    [InlineData(58, 35.5, 136.6)]
    [InlineData(38, 6.4, 110.9)]
    [InlineData(38, 12.8, 115.8)]
    [InlineData(38, 21.3, 123.8)]
    [InlineData(38, 25.6, 128.0)]
    [InlineData(38, 32.0, 137.7)]
    [InlineData(2, 6.4, 112.2)]
    [InlineData(2, 12.8, 119.2)]
    [InlineData(2, 21.3, 130.0)]
    [InlineData(2, 23.7, 133.6)]
    public void LatencyUnderLoad_IsWhatWasMeasured(int reads, double gigabytes, double nanoseconds)
    {
        ClosedLoop loop = VendorDevice.Loaded(reads, gigabytes);

        (loop.Bandwidth / 1e9).Should().BeApproximately(gigabytes, gigabytes / 50);
        loop.ReadLatency.Should().BeApproximately(nanoseconds, nanoseconds / 10);
    }

    /// <summary>With media that are never busy, what is left is what was stated and the time of the messages: a slot down, four and a half up.</summary>
    [Fact]
    public void IdlePath_TakesItsFixedTimeAndThatOfTheMessages()
    {
        Simulation simulation = new(1);
        FixedMedia media = new(SimDuration.Nanoseconds(40), SimDuration.Zero);
        ClosedLoop loop = new(simulation, new MemoryPath(simulation, VendorDevice.Path, media), 1, 1, SimDuration.Microseconds(1));

        loop.Measure(SimDuration.Microseconds(1), SimDuration.Microseconds(100));

        loop.ReadLatency.Should().BeApproximately(66 + 40 + 0.532 + 2.391, 0.001);
    }

    [Fact]
    public void SameSeed_GivesTheSame() => VendorDevice.Saturated(58).ReadLatency.Should().Be(VendorDevice.Saturated(58).ReadLatency);
}
