namespace CxlSim.Engine.Tests;

/// <summary>Keeps the trace.</summary>
internal sealed class RecordingSink : ITraceSink
{
    public List<(SimTime Time, long EventNumber, TraceRecord Record)> Records { get; } = [];

    public void Record(SimTime time, long eventNumber, TraceRecord record) => Records.Add((time, eventNumber, record));
}
