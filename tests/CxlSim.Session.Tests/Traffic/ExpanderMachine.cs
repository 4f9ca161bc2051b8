using System.Globalization;
using CxlSim.Machine;

namespace CxlSim.Session.Tests.Traffic;

/// <summary>The x16 expander's server, and what MLC measured on it.</summary>
internal static class ExpanderMachine
{
    private const string Data = "tests/CxlSim.Session.Tests/Traffic/mlc-loaded-latency.csv";

    /// <summary>With one traffic thread what the latency thread read came from its own cache: 17 ns is no memory.</summary>
    private const int FewestCores = 4;

    public static IReadOnlyList<MeasuredPoint> Points { get; } =
    [
        .. File.ReadLines(RepositoryRoot.File(Data)).Skip(1).Select(line => line.Split(',')).Select(cells => new MeasuredPoint(
            cells[0], cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture), cells[3], int.Parse(cells[5], CultureInfo.InvariantCulture),
            double.Parse(cells[6], CultureInfo.InvariantCulture), double.Parse(cells[7], CultureInfo.InvariantCulture) / 1e3)).Where(point => point.Cores >= FewestCores),
    ];

    /// <summary>Curves in the order of the file: memory, from, cores, mix.</summary>
    public static IReadOnlyList<IGrouping<(string Memory, string From, int Cores, string Mix), MeasuredPoint>> Curves { get; } =
        [.. Points.GroupBy(point => (point.Memory, point.From, point.Cores, point.Mix))];

    public static SimulatedMachine Boot() => TrafficMachine.OfFile("platforms/expander-x16.yaml");

    /// <summary>What the machine does where MLC measured that.</summary>
    public static IReadOnlyList<LoadPoint> Simulate(SimulatedMachine machine, IGrouping<(string Memory, string From, int Cores, string Mix), MeasuredPoint> curve)
    {
        MlcRun run = new(machine, seed: 1);
        Socket from = run.Sockets[curve.Key.From == "local" ? 0 : 1];
        TrafficTarget to = TrafficTargets.Nodes(machine.Kernel!)[curve.Key.Memory == "cxl" ? 2 : 0];
        return [.. curve.Select(point => run.Loaded(from, to, curve.Key.Cores, TrafficMix.Find(point.Mix)!, point.Delay))];
    }

    /// <summary>The simulated latency at a bandwidth, between the points of its curve.</summary>
    public static double LatencyAt(IEnumerable<LoadPoint> curve, double gigabytes)
    {
        LoadPoint[] points = [.. curve.OrderBy(point => point.MegabytesPerSecond)];
        double wanted = gigabytes * 1e3;
        int above = Array.FindIndex(points, point => point.MegabytesPerSecond >= wanted);
        if (above <= 0)
        {
            return points[above == 0 ? 0 : ^1].LatencyNs;
        }

        (LoadPoint low, LoadPoint high) = (points[above - 1], points[above]);
        double share = (wanted - low.MegabytesPerSecond) / (high.MegabytesPerSecond - low.MegabytesPerSecond);
        return low.LatencyNs + (share * (high.LatencyNs - low.LatencyNs));
    }
}
