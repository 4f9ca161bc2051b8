using CxlSim.Machine;
using CxlSim.Views;

namespace CxlSim.Session.Tests.Traffic;

public class ReportCurvesTests
{
    /// <summary>Where MLC measured the same machine with as many threads: idle, and what goes through at most (its raw logs).</summary>
    [Fact]
    public void Expander_HasTheCurvesThatMlcMeasured()
    {
        IReadOnlyList<LatencyCurve> curves = ReportCurves.Measure(ExpanderMachine.Boot());

        curves.Select(curve => curve.Name).Should().Equal("node0 to node2, all reads", "node0 to node2, 1:1 reads-writes");
        foreach ((LatencyCurve curve, string mix) in curves.Zip(["W0", "W5"]))
        {
            MeasuredPoint[] measured = [.. ExpanderMachine.Points.Where(point => point.Memory == "cxl" && point.From == "local" && point.Mix == mix)];
            measured = [.. measured.Where(point => point.Cores == measured.Max(other => other.Cores))];
            curve.Points[0].Latency.Should().BeApproximately(measured.MaxBy(point => point.Delay)!.Nanoseconds, 15, mix);
            curve.Points[^1].Bandwidth.Should().BeApproximately(measured.MinBy(point => point.Delay)!.Gigabytes, measured.MinBy(point => point.Delay)!.Gigabytes / 10, mix);
            curve.Points.Zip(curve.Points.Skip(1)).Should().OnlyContain(pair => pair.First.Bandwidth <= pair.Second.Bandwidth * 1.01);
        }
    }

    /// <summary>Memory that no node has is reached by its region.</summary>
    [Fact]
    public void RegionThatIsNobodysMemory_IsMeasured()
    {
        SimulatedMachine machine = TrafficMachine.Of(Given.OneCard + """

            steps:
              - write: {path: /sys/devices/system/memory/auto_online_blocks, value: offline}
              - create-region: {decoder: decoder0.0}
            """);

        ReportCurves.Measure(machine).Select(curve => curve.Name).Should().Equal("node0 to region0, all reads", "node0 to region0, 1:1 reads-writes");
    }

    [Fact]
    public void MachineWithoutSuchMemory_HasNone()
    {
        ReportCurves.Measure(Given.Booted().Machine).Should().BeEmpty();
        ReportCurves.Measure(new SimulatedMachine(Given.Described(Given.OneCard))).Should().BeEmpty();
    }
}
