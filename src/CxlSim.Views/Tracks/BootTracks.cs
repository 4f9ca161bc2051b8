using System.Globalization;

namespace CxlSim.Views;

/// <summary>A boot as tracks: phases, the work of drivers, memory that came online, the kernel's log; ports and endpoints are a group of their own.</summary>
public static class BootTracks
{
    private const string PortDriver = "cxl_port";

    public static IReadOnlyList<TrackProcess> Of(ReportTimeline timeline) =>
    [
        new TrackProcess("boot", [.. Phases(timeline), .. Drivers(timeline), .. Online(timeline), Log(timeline)], []),
        new TrackProcess("CXL ports", [.. timeline.Spans.Where(span => span.Driver == PortDriver).GroupBy(span => span.Subject).SelectMany(port => Threads(port.Key, port, span => span.Driver))], []),
    ];

    private static IReadOnlyList<TrackThread> Phases(ReportTimeline timeline) =>
        TrackLanes.Of("phases", timeline.Phases.Select(phase => new TrackSlice(phase.Name, phase.Start, phase.End)));

    private static IEnumerable<TrackThread> Drivers(ReportTimeline timeline) =>
        timeline.Spans.Where(span => span.Driver != PortDriver).GroupBy(span => span.Driver).SelectMany(driver => Threads(driver.Key, driver, span => span.Subject));

    private static IReadOnlyList<TrackThread> Online(ReportTimeline timeline) =>
        TrackLanes.Of("memory blocks online", timeline.Online.Select(run => new TrackSlice(run.First == run.Last ? $"memory{run.First}" : $"memory{run.First} to memory{run.Last}", run.Start, run.End)));

    private static TrackThread Log(ReportTimeline timeline) => new("kernel log", [], [.. timeline.Log.Select(line => new TrackInstant(line.Text, line.Time)
    {
        Details = [("level", line.Level.ToString(CultureInfo.InvariantCulture))],
    })]);

    /// <summary>A probe that did not come to its end has none to show, and is an instant.</summary>
    private static IEnumerable<TrackThread> Threads(string name, IEnumerable<TimelineSpan> spans, Func<TimelineSpan, string> nameOf)
    {
        ILookup<bool, TimelineSpan> found = spans.ToLookup(span => span.End is not null);
        foreach (TrackThread lane in TrackLanes.Of(name, found[true].Select(span => new TrackSlice(nameOf(span), span.Start, span.End!.Value))))
        {
            yield return lane;
        }

        if (found[false].Any())
        {
            yield return new TrackThread($"{name}: not bound", [], [.. found[false].Select(span => new TrackInstant(nameOf(span), span.Start))]);
        }
    }
}
