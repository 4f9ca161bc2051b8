using CxlSim.Engine;
using CxlSim.Views;

namespace CxlSim.Machine.Tests;

/// <summary>Keeps the trace, as records and as the lines of a trace file.</summary>
internal sealed class TraceLines : ITraceSink
{
    public List<string> Lines { get; } = [];

    public List<TraceRecord> Records { get; } = [];

    public List<SimTime> Times { get; } = [];

    public List<long> EventNumbers { get; } = [];

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        Lines.Add(TraceText.Line(time, eventNumber, record));
        Records.Add(record);
        Times.Add(time);
        EventNumbers.Add(eventNumber);
    }
}
