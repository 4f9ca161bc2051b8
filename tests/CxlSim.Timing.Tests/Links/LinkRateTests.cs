namespace CxlSim.Timing.Tests.Links;

/// <summary>Fact sheet 40, sections 1 and 2: wire times of flits and what links let through, in GB/s.</summary>
public class LinkRateTests
{
    private static readonly LinkRate Wide = new(16, 32, FlitMode.Flit68);
    private static readonly LinkRate Narrow = new(8, 32, FlitMode.Flit68);

    [Fact]
    public void Flit_TakesItsTime()
    {
        Wide.FlitTime.Picoseconds.Should().Be(1063); // 1.0625 ns
        Narrow.FlitTime.Picoseconds.Should().Be(2125);
        new LinkRate(16, 64, FlitMode.Flit256).FlitTime.Picoseconds.Should().Be(2000);
    }

    /// <summary>Half of what one CRC covers: a flit, or half of one that is optimized for latency.</summary>
    [Theory]
    [InlineData(FlitMode.Flit256, 1000)]
    [InlineData(FlitMode.LatencyOptimized256, 500)]
    public void Message_WaitsForWhatIsCheckedWithIt(FlitMode mode, long picoseconds) => new LinkRate(16, 64, mode).CheckTime.Picoseconds.Should().Be(picoseconds);

    [Theory]
    [InlineData(8, 32, FlitMode.Flit68, 26.77, 34.83, 38.72, 40.16, 24.09)]
    [InlineData(16, 32, FlitMode.Flit68, 53.54, 69.67, 77.45, 80.31, 48.19)]
    [InlineData(8, 64, FlitMode.Flit256, 55.38, 72.00, 80.00, 80.00, 48.00)]
    [InlineData(16, 64, FlitMode.Flit256, 110.77, 144.0, 160.0, 160.0, 96.0)]
    public void Ceiling_IsThatOfTheFullerDirection(int lanes, int rate, FlitMode mode, double onlyReads, double threeToOne, double twoToOne, double oneToOne, double onlyWrites)
    {
        LinkRate link = new(lanes, rate, mode);

        Found(1).Should().BeApproximately(onlyReads, 0.005);
        Found(3.0 / 4).Should().BeApproximately(threeToOne, 0.005);
        Found(2.0 / 3).Should().BeApproximately(twoToOne, 0.005);
        Found(1.0 / 2).Should().BeApproximately(oneToOne, 0.005);
        Found(0).Should().BeApproximately(onlyWrites, 0.005);

        double Found(double reads) => link.Ceiling(reads) / 1e9;
    }

    [Theory]
    [InlineData(8, 32, FlitMode.Flit68, 57, 44.36)]
    [InlineData(16, 32, FlitMode.Flit68, 57, 88.71)]
    [InlineData(8, 64, FlitMode.Flit256, 58, 89.96)]
    [InlineData(16, 64, FlitMode.Flit256, 58, 179.9)]
    public void BestMix_FillsBothDirections(int lanes, int rate, FlitMode mode, int reads, double gigabytes)
    {
        LinkRate link = new(lanes, rate, mode);

        double best = Enumerable.Range(0, 10_001).Select(share => share / 10_000.0).MaxBy(link.Ceiling);
        Math.Round(best * 100).Should().Be(reads);
        (link.Ceiling(best) / 1e9).Should().BeApproximately(gigabytes, 0.1);
    }

    /// <summary>Measured at saturation on a vendor's model of an x8 device (Mess): within a percent with one set of shares.</summary>
    [Theory]
    [InlineData(2, 24.475)]
    [InlineData(6, 25.296)]
    [InlineData(16, 27.613)]
    [InlineData(38, 34.585)]
    [InlineData(58, 43.65)]
    [InlineData(76, 34.421)]
    [InlineData(90, 29.496)]
    public void Ceiling_IsWhatWasMeasured(int reads, double gigabytes) =>
        (Narrow.Ceiling(reads / 100.0) / 1e9).Should().BeApproximately(gigabytes, gigabytes / 100);
}
