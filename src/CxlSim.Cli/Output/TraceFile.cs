using CxlSim.Engine;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Writes every trace record to a file, or nothing where no file was asked for.</summary>
internal sealed class TraceFile(string? path) : ITraceSink, IDisposable
{
    private readonly GrowingFile? _file = path is null ? null : new GrowingFile(path);

    public void Record(SimTime time, long eventNumber, TraceRecord record) => _file?.Writer.WriteLine(TraceText.Line(time, eventNumber, record));

    public void Dispose() => _file?.Dispose();
}
