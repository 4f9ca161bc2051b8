using CxlSim.Engine;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Holds a run against the trace of another, line by line; without a file there is nothing to say.</summary>
/// <param name="path">The other's trace; null for none.</param>
internal sealed class TraceComparison(string? path) : ITraceSink, IDisposable
{
    private readonly StreamReader? _recorded = path is not null && File.Exists(path) ? new StreamReader(path) : null;
    private long _line;

    /// <summary>The first line that differs; null while none does.</summary>
    public string? Difference { get; private set; }

    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        if (_recorded is null || Difference is not null)
        {
            return;
        }

        _line++;
        string expected = _recorded.ReadLine() ?? "its end";
        string found = TraceText.Line(time, eventNumber, record);
        if (found != expected)
        {
            Difference = $"{path}:{_line}: recorded: {expected}\n{path}:{_line}: now:      {found}";
        }
    }

    public void Dispose() => _recorded?.Dispose();
}
