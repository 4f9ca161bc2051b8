using System.Globalization;
using System.Text;

namespace CxlSim.Timing.Tests.Paths;

/// <summary>What was measured, what is simulated, and the error, as a page.</summary>
public class ValidationPageTests
{
    private const string Head = """
        # The memory path held against measurements

        Made by the tests: `CXLSIM_UPDATE_DOCS=1 dotnet test tests/CxlSim.Timing.Tests`.

        ## A vendor's device, 68-byte flits, x8 at 32 GT/s

        Measured: the curves that Mess (MICRO 2024) publishes of a manufacturer's model of a CXL expander; bandwidth counts reads and writes, latency is that of reads.
        Simulated: 245 lines outstanding at random addresses, a random pause between the end of one and the issue of the next, 4 channels of DDR4-3200 with 4 ranks.
        One set of parameters for all mixes: what messages take of flits, 66 ns of host, link layers and controller, 44 ns of messages that the host hands to the link at
        once, 24 writes that a channel collects. The pause is chosen so that the bandwidth is the measured one; at saturation there is none.


        """;

    [Fact]
    public void Page_SaysWhatTheSimulationSays()
    {
        StringBuilder page = new(Head);
        page.Append("| reads | GB/s measured | simulated | error | ns measured | simulated | error |\n|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (CurvePoint point in VendorDevice.Curve)
        {
            page.Append(Row(point, VendorDevice.Loaded(point.Reads, point.Gigabytes)));
        }

        page.Append("\nSaturated:\n\n| reads | GB/s measured | simulated | error | ns measured | simulated | error |\n|---:|---:|---:|---:|---:|---:|---:|\n");
        foreach (CurvePoint point in VendorDevice.Saturation)
        {
            page.Append(Row(point, VendorDevice.Saturated(point.Reads)));
        }

        string path = Path.Combine(RepositoryRoot.Find(), "docs", "VALIDATION.md");
        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, page.ToString());
        }

        File.ReadAllText(path).Should().Be(page.ToString());
    }

    private static string Row(CurvePoint point, ClosedLoop loop)
    {
        double gigabytes = loop.Bandwidth / 1e9;
        string latency = point.Nanoseconds is { } measured
            ? string.Create(CultureInfo.InvariantCulture, $"{measured:F1} | {loop.ReadLatency:F1} | {Error(loop.ReadLatency, measured)}")
            : string.Create(CultureInfo.InvariantCulture, $" | {loop.ReadLatency:F1} | ");
        return string.Create(CultureInfo.InvariantCulture, $"| {point.Reads} % | {point.Gigabytes:F2} | {gigabytes:F2} | {Error(gigabytes, point.Gigabytes)} | {latency} |\n");
    }

    private static string Error(double simulated, double measured) =>
        string.Create(CultureInfo.InvariantCulture, $"{100 * ((simulated / measured) - 1):+0.0;-0.0;0.0} %");
}
