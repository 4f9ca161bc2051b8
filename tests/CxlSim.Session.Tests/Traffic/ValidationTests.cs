using CxlSim.Machine;

namespace CxlSim.Session.Tests.Traffic;

/// <summary>The path of memory held against measurements; docs/VALIDATION.md shows all points.</summary>
public class ValidationTests
{
    [Fact]
    public void VendorsDevice_SaturatesWhereItWasMeasured()
    {
        SimulatedMachine machine = VendorMachine.Boot();
        foreach ((int reads, double gigabytes, double? nanoseconds) in VendorMachine.Saturation)
        {
            WorkloadReport report = VendorMachine.Saturated(machine, reads);

            (report.MegabytesPerSecond / 1e3).Should().BeApproximately(gigabytes, gigabytes / 100, "of {0} % reads", reads);
            report.Reads.MeanNs.Should().BeApproximately(nanoseconds ?? report.Reads.MeanNs, (nanoseconds ?? 0) / 5, "of {0} % reads", reads);
            report.Limit.Should().Be(reads < 57 ? "link of expander, down" : "link of expander, up");
        }
    }

    [Fact]
    public void VendorsDevice_TakesAsLongAsItWasMeasured_BelowTheKnee()
    {
        SimulatedMachine machine = VendorMachine.Boot();
        foreach ((int reads, double gigabytes, double? nanoseconds) in VendorMachine.Curve)
        {
            VendorMachine.Near(machine, reads, gigabytes).Reads.MeanNs.Should().BeApproximately(nanoseconds!.Value, nanoseconds.Value / 10, "of {0} % reads at {1} GB/s", reads, gigabytes);
        }
    }

    /// <summary>Known of five mixes by the raw logs; W6 alone has one line.</summary>
    [Fact]
    public void Delays_LieBetweenWholeRoundsThatAreWholeFours() =>
        TrafficMix.All.Where(mix => mix.Code != "W6").Should().AllSatisfy(mix =>
        {
            int round = mix.Loads + (2 * mix.Stores) + mix.NonTemporal;
            mix.DelayLines.Should().Be(Enumerable.Range(1, 5).Select(rounds => rounds * round).First(lines => lines % 4 == 0));
        });

    /// <summary>250 ns from its own socket, 485 ns from the other (EuroSys 2024, raw logs).</summary>
    [Fact]
    public void IdleExpander_TakesAsLongAsItWasMeasured()
    {
        SimulatedMachine machine = ExpanderMachine.Boot();
        MlcRun run = new(machine, seed: 1);
        TrafficTarget expander = TrafficTargets.Nodes(machine.Kernel!)[2];

        run.IdleLatency(run.Sockets[0], expander).Should().BeApproximately(250.4, 250.4 / 20);
        run.IdleLatency(run.Sockets[1], expander).Should().BeApproximately(485.2, 485.2 / 20);
        run.IdleLatency(run.Sockets[0], TrafficTargets.Nodes(machine.Kernel!)[0]).Should().BeApproximately(96.2, 96.2 / 10);
    }

    /// <summary>Peak bandwidths of nine mixes, GB/s (fact sheet 40, section 4).</summary>
    [Theory]
    [InlineData("W0", 48.04)]
    [InlineData("W2", 54.2)]
    [InlineData("W3", 54.5)]
    [InlineData("W4", 53.0)]
    [InlineData("W5", 54.7)]
    [InlineData("W6", 47.13)]
    [InlineData("W7", 56.4)]
    [InlineData("W8", 52.9)]
    [InlineData("W9", 55.1)]
    [InlineData("W12", 52.8)]
    public void Expander_GivesWhatWasMeasured(string mix, double gigabytes)
    {
        SimulatedMachine machine = ExpanderMachine.Boot();
        MlcRun run = new(machine, seed: 1);

        (run.Bandwidth(run.Sockets[0], TrafficTargets.Nodes(machine.Kernel!)[2], 16, TrafficMix.Find(mix)!) / 1e3).Should().BeApproximately(gigabytes, gigabytes / 20);
    }

    /// <summary>Up to four fifths of what it gives at most; past that a hundredth of bandwidth is a tenth of latency.</summary>
    [Theory]
    [InlineData("cxl", "W0", 16)]
    [InlineData("cxl", "W2", 16)]
    [InlineData("cxl", "W5", 16)]
    [InlineData("cxl", "W8", 16)]
    [InlineData("cxl", "W0", 4)]
    [InlineData("ddr5", "W0", 16)]
    [InlineData("ddr5", "W2", 16)]
    [InlineData("ddr5", "W5", 16)]
    public void LoadedMemory_TakesAsLongAsItWasMeasured(string memory, string mix, int cores)
    {
        SimulatedMachine machine = ExpanderMachine.Boot();
        IGrouping<(string Memory, string From, int Cores, string Mix), MeasuredPoint> curve = ExpanderMachine.Curves.Single(found => found.Key == (memory, "local", cores, mix));
        IReadOnlyList<LoadPoint> simulated = ExpanderMachine.Simulate(machine, curve);
        double most = curve.Max(point => point.Gigabytes);

        foreach (MeasuredPoint point in curve.Where(point => point.Gigabytes < most * 0.8))
        {
            ExpanderMachine.LatencyAt(simulated, point.Gigabytes).Should().BeApproximately(point.Nanoseconds, point.Nanoseconds / 10, "at {0} GB/s", point.Gigabytes);
        }
    }

    /// <summary>Four streams may meet the latency thread in its banks or not, which is a tenth of latency; a figure is of several beginnings.</summary>
    [Fact]
    public void LoadedLatency_DependsLittleOnChance()
    {
        SimulatedMachine machine = ExpanderMachine.Boot();
        TrafficTarget expander = TrafficTargets.Nodes(machine.Kernel!)[2];
        double[] latencies = [.. Enumerable.Range(1, 4).Select(seed => new MlcRun(machine, (ulong)seed)).Select(run => run.Loaded(run.Sockets[0], expander, 4, TrafficMix.Find("W0")!, 2500).LatencyNs)];

        (latencies.Max() - latencies.Min()).Should().BePositive().And.BeLessThan(latencies.Average() * 0.04);
    }
}
