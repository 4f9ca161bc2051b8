using System.Globalization;
using System.Text;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The report as tables in the form that users of Intel MLC know.</summary>
internal static class MlcText
{
    private const int Column = 12;

    public static string Render(MlcReport report)
    {
        StringBuilder text = new();
        string to = report.To.Name;
        if (report.Idle.Count > 0)
        {
            text.Append("Idle latencies (in ns)\n");
            Matrix(text, report, report.Idle);
        }

        if (report.Bandwidths.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Bandwidths (in MB/sec), all reads, {Threads(report)}\n");
            Matrix(text, report, report.Bandwidths);
            Coordinates(text, report);
        }

        if (report.Mixes.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Peak bandwidths (in MB/sec), {report.From.Name} to {to}, {Threads(report)}\n");
            foreach (MixBandwidth mix in report.Mixes)
            {
                text.Append(CultureInfo.InvariantCulture, $"{mix.Mix.Code,-4} {mix.Mix.Name,-34}: {mix.MegabytesPerSecond,10:F1}\n");
            }

            text.Append('\n');
        }

        foreach (LoadCurve curve in report.Curves)
        {
            text.Append(CultureInfo.InvariantCulture, $"Loaded latencies, {curve.Mix.Name} ({curve.Mix.Code}), {report.From.Name} to {to}, {Threads(report)}\n");
            text.Append("Inject  Latency Bandwidth\nDelay   (ns)    MB/sec\n==========================\n");
            foreach (LoadPoint point in curve.Points)
            {
                text.Append(CultureInfo.InvariantCulture, $" {point.Delay:D5}  {point.LatencyNs,7:F2} {point.MegabytesPerSecond,9:F1}\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Matrix(StringBuilder text, MlcReport report, IReadOnlyList<IReadOnlyList<double?>> rows)
    {
        int width = Math.Max(Column, report.Targets.Max(target => target.Name.Length) + 2);
        text.Append(' ', Column).AppendJoin(string.Empty, report.Targets.Select(target => target.Name.PadLeft(width))).Append('\n');
        for (int i = 0; i < rows.Count; i++)
        {
            text.Append(report.Sockets[i].Name.PadLeft(Column)).AppendJoin(string.Empty, rows[i].Select(value => Known(value, "F1").PadLeft(width))).Append('\n');
        }

        text.Append('\n');
    }

    private static void Coordinates(StringBuilder text, MlcReport report)
    {
        text.Append("What the kernel says (access0/initiators), and what was measured from the nearest socket\n");
        text.Append("            latency (ns)   measured   MB/sec       measured\n");
        foreach (CoordinateRow row in report.Coordinates)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row.Target,-12}{Known(row.KernelLatencyNs, "F0"),-15}{Known(row.LatencyNs, "F1"),-11}{Known(row.KernelMegabytesPerSecond, "F0"),-13}{Known(row.MegabytesPerSecond, "F1")}\n");
        }

        text.Append('\n');
    }

    private static string Threads(MlcReport report) => report.Threads == 1 ? "1 thread" : string.Create(CultureInfo.InvariantCulture, $"{report.Threads} threads");

    private static string Known(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
