using System.Globalization;
using System.Text;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The report as lines of one table: what was measured, from, to, mix, delay, value, unit.</summary>
internal static class MlcCsv
{
    public static string Render(MlcReport report)
    {
        StringBuilder text = new("measure,from,to,threads,mix,delay,latency_ns,bandwidth_MBps\n");
        Matrix(report, report.Idle, (from, to, value) => Line(text, "idle", from, to, 0, "", "", value, null));
        Matrix(report, report.Bandwidths, (from, to, value) => Line(text, "bandwidth", from, to, report.Threads, "W0", "", null, value));
        foreach (MixBandwidth mix in report.Mixes)
        {
            Line(text, "peak", report.From.Name, report.To.Name, report.Threads, mix.Mix.Code, "", null, mix.MegabytesPerSecond);
        }

        foreach (LoadCurve curve in report.Curves)
        {
            foreach (LoadPoint point in curve.Points)
            {
                Line(text, "loaded", report.From.Name, report.To.Name, report.Threads, curve.Mix.Code, point.Delay.ToString(CultureInfo.InvariantCulture), point.LatencyNs, point.MegabytesPerSecond);
            }
        }

        return text.ToString();
    }

    private static void Matrix(MlcReport report, IReadOnlyList<IReadOnlyList<double?>> rows, Action<string, string, double?> line)
    {
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < rows[i].Count; j++)
            {
                line(report.Sockets[i].Name, report.Targets[j].Name, rows[i][j]);
            }
        }
    }

    private static void Line(StringBuilder text, string measure, string from, string to, int threads, string mix, string delay, double? latency, double? bandwidth) =>
        text.Append(CultureInfo.InvariantCulture, $"{measure},{from},{to},{threads},{mix},{delay},{latency:F2},{bandwidth:F1}\n");
}
