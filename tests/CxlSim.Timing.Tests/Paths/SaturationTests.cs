using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Paths;

public class SaturationTests
{
    public static IEnumerable<object[]> Curve => VendorDevice.Curve.Select(point => new object[] { point });

    public static IEnumerable<object[]> Saturation => VendorDevice.Saturation.Select(point => new object[] { point });

    /// <summary>Reads wait behind answers where these fill the link; where writes fill the other direction, they pass them in the host.</summary>
    [Theory]
    [MemberData(nameof(Saturation))]
    public void Saturation_IsWhatWasMeasured(CurvePoint point)
    {
        ClosedLoop loop = VendorDevice.Saturated(point.Reads);

        (loop.Bandwidth / 1e9).Should().BeApproximately(point.Gigabytes, point.Gigabytes / 100);
        double measured = point.Nanoseconds ?? loop.ReadLatency;
        loop.ReadLatency.Should().BeApproximately(measured, measured / 5);
    }

    [Theory]
    [MemberData(nameof(Curve))]
    public void LatencyUnderLoad_IsWhatWasMeasured(CurvePoint point)
    {
        ClosedLoop loop = VendorDevice.Loaded(point.Reads, point.Gigabytes);

        (loop.Bandwidth / 1e9).Should().BeApproximately(point.Gigabytes, point.Gigabytes / 50);
        loop.ReadLatency.Should().BeApproximately(point.Nanoseconds!.Value, point.Nanoseconds.Value / 10);
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
