using System.Globalization;
using System.Text;
using CxlSim.Session;
using CxlSim.Timing;

namespace CxlSim.Cli;

/// <summary>The report of a workload as text.</summary>
internal static class WorkloadText
{
    private const int Busiest = 8;

    public static string Render(WorkloadReport report)
    {
        StringBuilder text = new();
        double seconds = report.Span.Picoseconds / 1e12;
        text.Append(CultureInfo.InvariantCulture, $"{report.Plan.From.Name} to {string.Join(", ", report.Plan.To.Select(target => target.Name))}: {report.Reads.Count} reads, {report.Writes.Count} writes in {report.Span}\n");
        text.Append(CultureInfo.InvariantCulture, $"bandwidth  {report.MegabytesPerSecond:F1} MB/s, {(report.Reads.Count + report.Writes.Count) / Math.Max(seconds, 1e-12) / 1e6:F2} M lines/s\n");
        if (report.Reads.Count + report.Writes.Count > 0)
        {
            text.Append("latency          mean        p50        p90        p99      p99.9    longest  (ns)\n");
        }

        Latency(text, "reads", report.Reads);
        Latency(text, "writes", report.Writes);
        if (report.TurnedAway > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"turned away {report.TurnedAway} arrivals: more came than go\n");
        }

        if (report.Parts.Count > 0)
        {
            Parts(text, report.Parts);
        }

        text.Append("\nBusy\n");
        foreach (ResourceLoad resource in report.Resources.Take(Busiest))
        {
            text.Append(CultureInfo.InvariantCulture, $"{resource.Name,-52}{resource.Busy * 100,9:F1} %");
            text.Append(resource.CreditStalls > 0 ? string.Create(CultureInfo.InvariantCulture, $"  no credit {resource.CreditStalls} times\n") : "\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"limit: {report.Limit}\n").ToString();
    }

    private static void Parts(StringBuilder text, IReadOnlyList<LatencyPart> parts)
    {
        text.Append("\nWhere reads spend their time\n                                                         share       mean        p50        p90        p99      p99.9  (ns)\n");
        foreach (LatencyPart part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Where + ", " + part.What,-52}{part.ShareNs,10:F1} {part.MeanNs,10:F1}");
            if (part.Times is { } times)
            {
                Percentiles(text, times);
            }

            text.Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"{"together",-52}{parts.Sum(part => part.ShareNs),10:F1}\n");
    }

    private static void Latency(StringBuilder text, string name, LatencyHistogram times)
    {
        if (times.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{name,-10} {times.MeanNs,10:F1}");
        Percentiles(text, times);
        text.Append(CultureInfo.InvariantCulture, $" {times.LongestNs,10:F1}\n");
    }

    private static void Percentiles(StringBuilder text, LatencyHistogram times) =>
        text.Append(CultureInfo.InvariantCulture, $" {times.PercentileNs(50),10:F1} {times.PercentileNs(90),10:F1} {times.PercentileNs(99),10:F1} {times.PercentileNs(99.9),10:F1}");
}
