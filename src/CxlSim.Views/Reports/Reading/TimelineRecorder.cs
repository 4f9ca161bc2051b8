using System.Globalization;
using CxlSim.Engine;
using CxlSim.Machine;

namespace CxlSim.Views;

/// <summary>Listens from power-on, and keeps what a timeline shows.</summary>
public sealed class TimelineRecorder : ITraceSink
{
    /// <summary>A page of more lines is slow to open: then those for debugging are left out.</summary>
    private const int MostLines = 10_000;

    private const int Debug = 7;
    private const string Block = "memory";

    /// <summary>Milestones that a driver's probe begins with.</summary>
    private static readonly Dictionary<string, string> Drivers = new()
    {
        [nameof(Milestone.CxlAcpiProbe)] = "cxl_acpi",
        [nameof(Milestone.CxlPciProbe)] = "cxl_pci",
        [nameof(Milestone.PortProbe)] = "cxl_port",
        [nameof(Milestone.MemdevProbe)] = "cxl_mem",
        [nameof(Milestone.RegionAssembly)] = "cxl_region",
        [nameof(Milestone.DaxProbe)] = "cxl_dax_region",
        [nameof(Milestone.KmemProbe)] = "kmem",
    };

    private readonly List<(string Name, SimTime Start)> _phases = [];
    private readonly List<TimelineSpan> _spans = [];
    private readonly Dictionary<(string Driver, string Subject), int> _open = [];
    private readonly List<OnlineRun> _online = [];
    private readonly List<TimelineLine> _log = [];
    private SimTime _end;

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        _end = time;
        switch (record)
        {
            case PhaseEntered phase:
                _phases.Add((phase.Phase, time));
                break;
            case MilestoneReached { Milestone: nameof(Milestone.MemoryOnline) } online:
                Online(ulong.Parse(online.Subject.AsSpan(Block.Length), CultureInfo.InvariantCulture), time);
                break;
            case MilestoneReached milestone when Drivers.TryGetValue(milestone.Milestone, out string? driver):
                _open[(driver, milestone.Subject)] = _spans.Count;
                _spans.Add(new TimelineSpan(driver, milestone.Subject, time, null));
                break;
            case DriverBound bound:
                Bound(bound.Driver, bound.Subject[(bound.Subject.LastIndexOf('/') + 1)..], time);
                break;
            case LogLine line:
                _log.Add(new TimelineLine(time, line.Level, line.Text));
                break;
        }
    }

    /// <summary>What there is by now.</summary>
    public ReportTimeline Read()
    {
        TimelinePhase[] phases = [.. _phases.Select((phase, index) => new TimelinePhase(phase.Name, phase.Start, index + 1 < _phases.Count ? _phases[index + 1].Start : _end))];
        TimelineLine[] lines = _log.Count <= MostLines ? [.. _log] : [.. _log.Where(line => line.Level < Debug)];
        return new ReportTimeline(_end, phases, [.. _spans], [.. _online], lines, _log.Count - lines.Length);
    }

    /// <summary>A driver without a milestone of its own is seen when it has bound.</summary>
    private void Bound(string driver, string subject, SimTime time)
    {
        if (_open.Remove((driver, subject), out int index))
        {
            _spans[index] = _spans[index] with { End = time };
        }
        else
        {
            _spans.Add(new TimelineSpan(driver, subject, time, time));
        }
    }

    private void Online(ulong block, SimTime time)
    {
        if (_online.Count > 0 && _online[^1].Last + 1 == block)
        {
            _online[^1] = _online[^1] with { Last = block, End = time };
        }
        else
        {
            _online.Add(new OnlineRun(block, block, time, time));
        }
    }
}
