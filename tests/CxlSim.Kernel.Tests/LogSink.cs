using CxlSim.Engine;

namespace CxlSim.Kernel.Tests;

/// <summary>Keeps the lines of the kernel log.</summary>
internal sealed class LogSink : ITraceSink
{
    public List<string> Lines { get; } = [];

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        if (record is LogLine line)
        {
            Lines.Add(line.Text);
        }
    }
}
