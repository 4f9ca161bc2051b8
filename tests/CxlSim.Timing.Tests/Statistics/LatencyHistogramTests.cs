using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Statistics;

public class LatencyHistogramTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(90)]
    [InlineData(99)]
    [InlineData(99.9)]
    public void Percentile_IsThatOfTheSortedValues_WithinAHundredth(double percent)
    {
        SimRandom random = new(3);
        long[] values = [.. Enumerable.Range(0, 20_000).Select(_ => (long)random.Next(1UL << (int)random.Next(40)))];
        LatencyHistogram histogram = new();
        foreach (long value in values)
        {
            histogram.Add(new SimDuration(value));
        }

        double exact = values.Order().ElementAt((int)Math.Ceiling(values.Length * percent / 100) - 1) / 1e3;

        histogram.PercentileNs(percent).Should().BeInRange(exact, exact * 1.01);
        histogram.MeanNs.Should().BeApproximately(values.Average() / 1e3, 0.001);
        histogram.LongestNs.Should().Be(values.Max() / 1e3);
    }

    /// <summary>More together than a clock of 64 bits holds: a hundred accesses of twenty days.</summary>
    [Fact]
    public void Mean_IsRight_WhereTheSumIsTooLarge()
    {
        LatencyHistogram histogram = new();
        for (int i = 0; i < 100; i++)
        {
            histogram.Add(SimDuration.Seconds(1_728_000));
        }

        histogram.Add(histogram);

        histogram.MeanNs.Should().BeApproximately(1_728_000e9, 1);
        histogram.Count.Should().Be(200);
    }

    /// <summary>Sixteen thousand million, as many days of traffic bring.</summary>
    [Fact]
    public void Percentile_IsRight_WhereThereAreManyMore()
    {
        LatencyHistogram histogram = new();
        histogram.Add(new SimDuration(1000));
        histogram.Add(new SimDuration(2000));
        histogram.Add(new SimDuration(2000));
        histogram.Add(new SimDuration(3000));
        for (int i = 0; i < 32; i++)
        {
            histogram.Add(histogram);
        }

        histogram.Add(new SimDuration(4000));

        histogram.Count.Should().Be((4L << 32) + 1);
        histogram.PercentileNs(24).Should().BeInRange(1, 1.01);
        histogram.PercentileNs(26).Should().BeInRange(2, 2.02);
        histogram.PercentileNs(76).Should().BeInRange(3, 3.03);
        histogram.PercentileNs(100).Should().Be(4);
    }

    [Fact]
    public void Nothing_HasNoPercentile()
    {
        LatencyHistogram histogram = new();

        histogram.PercentileNs(99).Should().Be(0);
        histogram.MeanNs.Should().Be(0);
    }

    [Fact]
    public void TwoTogether_AreAsOne()
    {
        LatencyHistogram all = new();
        LatencyHistogram part = new();
        part.Add(new SimDuration(5000));
        all.Add(new SimDuration(1000));
        all.Add(part);

        all.Count.Should().Be(2);
        all.MeanNs.Should().Be(3);
        all.PercentileNs(100).Should().Be(5);
        all.Clear();
        all.Count.Should().Be(0);
        all.Add(new SimDuration(9000));
        all.PercentileNs(1).Should().Be(9);
    }

    [Fact]
    public void EndlessDuration_IsCounted()
    {
        LatencyHistogram histogram = new();
        histogram.Add(new SimDuration(long.MaxValue));

        histogram.Count.Should().Be(1);
        histogram.PercentileNs(50).Should().Be(long.MaxValue / 1e3);
    }
}
