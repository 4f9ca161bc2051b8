using System.Globalization;
using System.Text;
using CxlSim.Machine;

namespace CxlSim.Session.Tests.Traffic;

/// <summary>What was measured, what is simulated, and the error, as a page.</summary>
public class ValidationPageTests
{
    private const string Head = """
        # The memory path held against measurements

        Made by a command: `CXLSIM_UPDATE_DOCS=1 dotnet test tests/CxlSim.Session.Tests --filter ValidationPage`. One set of parameters for each profile, none for a mix.

        ## A vendor's device, 68-byte flits, x8 at 32 GT/s: `asic-ddr4-x8`

        Measured: the curves that Mess (MICRO 2024) publishes of a manufacturer's model of a CXL expander; bandwidth counts reads and writes, latency is that of reads.
        Simulated: `cxlsim workload platforms/vendor-x8.yaml --outstanding 245 --reads N`, random lines; the `--pause` between the end of a line and the next is chosen so
        that the bandwidth is the measured one, and there is none at saturation.


        """;

    private const string Expander = """

        ## An ASIC expander, x16 at 32 GT/s, in a server: `asic-ddr5-x16`

        Measured: Intel MLC on a two-socket server, raw logs beside the EuroSys 2024 paper on ASIC-based CXL memory. Simulated: `cxlsim mlc platforms/expander-x16.yaml
        --loaded-latency --threads N --mix W`, the same delays. The last columns hold a simulated latency against the measured one: that at the measured bandwidth, and where the
        curve is upright, from 95 % of its most on, that at the same delay.
        What is not like the measurement: the last points before the knee, where a hundredth of bandwidth is a tenth of latency, with writes alone (W6) from a
        quarter of their bandwidth on; the way to the other socket from half of its bandwidth on, with W2 even at little load; and how much prefetchers hold back beside
        non-temporal writes (W8). A simulated point is the mean of eight runs whose streams begin elsewhere. The curve of one traffic thread is left out: its latency thread read from its own cache.

        Parameters were fitted to these curves and to the peaks of the nine mixes; the delays' pace (0.33 ns for a cycle, four lines between two of them, twelve with
        W2, one with W6; of W3, W4, W7, W9 and W12 no log was at hand: whole rounds of the mix that are whole fours) to the bandwidths of the raw logs. Where the other socket and its own DRAM are congested, a core keeps 20 and 19 reads under way, whatever the mix:
        what Little's law says of the logs.

        """;

    /// <summary>From this share of the most on a curve is upright.</summary>
    private const double Full = 0.95;

    [Fact]
    public void Page_SaysWhatTheSimulationSays()
    {
        StringBuilder page = new(Head);
        SimulatedMachine vendor = VendorMachine.Boot();
        Vendor(page, VendorMachine.Curve.Select(point => (point, VendorMachine.Near(vendor, point.Reads, point.Gigabytes))));
        page.Append("\nSaturated:\n\n");
        Vendor(page, VendorMachine.Saturation.Select(point => (point, VendorMachine.Saturated(vendor, point.Reads))));
        page.Append(Expander);
        SimulatedMachine server = ExpanderMachine.Boot();
        foreach (IGrouping<(string Memory, string From, int Cores, string Mix), MeasuredPoint> curve in ExpanderMachine.Curves)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n### {curve.Key.Memory}, {curve.Key.From}, {curve.Key.Cores} threads, {curve.Key.Mix} ({TrafficMix.Find(curve.Key.Mix)!.Name})\n\n");
            page.Append("| delay | ns measured | GB/s measured | ns simulated | GB/s simulated | compared | error |\n|---:|---:|---:|---:|---:|---:|---:|\n");
            IReadOnlyList<LoadPoint> simulated = ExpanderMachine.Simulate(server, curve);
            double full = curve.Max(point => point.Gigabytes) * Full;
            foreach ((MeasuredPoint point, LoadPoint found) in curve.Zip(simulated))
            {
                double at = point.Gigabytes < full ? ExpanderMachine.LatencyAt(simulated, point.Gigabytes) : found.LatencyNs;
                page.Append(CultureInfo.InvariantCulture, $"| {point.Delay} | {point.Nanoseconds:F1} | {point.Gigabytes:F2} | {found.LatencyNs:F1} | {found.MegabytesPerSecond / 1e3:F2} | {at:F1} | {Error(at, point.Nanoseconds)} |\n");
            }
        }

        string path = RepositoryRoot.File("docs/VALIDATION.md");
        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, page.ToString());
        }

        File.ReadAllText(path).Should().Be(page.ToString());
    }

    private static void Vendor(StringBuilder page, IEnumerable<((int Reads, double Gigabytes, double? Nanoseconds) Point, WorkloadReport Report)> rows)
    {
        page.Append("| reads | GB/s measured | simulated | error | ns measured | simulated | error |\n|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (((int reads, double gigabytes, double? nanoseconds), WorkloadReport report) in rows)
        {
            double found = report.MegabytesPerSecond / 1e3;
            double mean = report.Reads.MeanNs;
            string latency = nanoseconds is { } measured
                ? string.Create(CultureInfo.InvariantCulture, $"{measured:F1} | {mean:F1} | {Error(mean, measured)}")
                : string.Create(CultureInfo.InvariantCulture, $" | {mean:F1} | ");
            page.Append(CultureInfo.InvariantCulture, $"| {reads} % | {gigabytes:F2} | {found:F2} | {Error(found, gigabytes)} | {latency} |\n");
        }
    }

    private static string Error(double simulated, double measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * ((simulated / measured) - 1):+0.0;-0.0;0.0} %");
}
