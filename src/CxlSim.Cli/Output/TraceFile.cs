using CxlSim.Engine;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Writes every trace record to a file, or nothing where no file was asked for.</summary>
internal sealed class TraceFile(string? path) : ITraceSink, IDisposable
{
    private readonly StreamWriter? _writer = path is null ? null : new StreamWriter(path);

    public void Record(SimTime time, long eventNumber, TraceRecord record) => _writer?.WriteLine(TraceText.Line(time, eventNumber, record));

    public void Dispose() => _writer?.Dispose();
}
