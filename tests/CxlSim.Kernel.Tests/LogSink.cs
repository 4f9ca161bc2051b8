using CxlSim.Engine;

namespace CxlSim.Kernel.Tests;

/// <summary>Keeps the lines of the kernel log.</summary>
internal sealed class LogSink : ITraceSink
{
    public List<string> Lines { get; } = [];

    /// <summary>The same lines behind the letter of their severity: E, W, N, I, D; P for what ends the kernel.</summary>
    public List<string> Graded { get; } = [];

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        if (record is LogLine line)
        {
            Lines.Add(line.Text);
            Graded.Add($"{"PPPEWNID"[line.Level]} {line.Text}");
        }
    }
}
