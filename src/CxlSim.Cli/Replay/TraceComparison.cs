using System.Text;
using CxlSim.Engine;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Holds a run against the trace of another, line by line; without a file there is nothing to say.</summary>
/// <param name="path">The other's trace; null for none.</param>
internal sealed class TraceComparison(string? path) : ITraceSink, IDisposable
{
    /// <summary>Characters by which a recorded line may be longer than the one that is expected; the rest is cut off, since a line may be endless.</summary>
    private const int MostMore = 200;

    /// <summary>The recording names the file: a pipe or a device, which have no size, is not waited for.</summary>
    private readonly StreamReader? _recorded = path is not null && File.Exists(path) && new FileInfo(path).Length > 0 ? new StreamReader(path) : null;

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
        string found = TraceText.Line(time, eventNumber, record);
        string expected = ReadLine(_recorded, found.Length + MostMore) ?? "its end";
        if (found != expected)
        {
            Difference = $"{path}:{_line}: recorded: {expected}\n{path}:{_line}: now:      {found}";
        }
    }

    private static string? ReadLine(StreamReader reader, int most)
    {
        StringBuilder line = new();
        int next = reader.Read();
        if (next < 0)
        {
            return null;
        }

        for (; next >= 0 && next != '\n' && line.Length < most; next = reader.Read())
        {
            line.Append((char)next);
        }

        return line.ToString().TrimEnd('\r');
    }

    public void Dispose() => _recorded?.Dispose();
}
