using CxlSim.Engine;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Writes a recording while a session goes on, line by line: what was cut off still replays.</summary>
public sealed class Recorder
{
    /// <summary>Characters of a recording that can be read again, and no more are kept: programs may store gigabytes in a shell, and memory is not for that.</summary>
    public const int MostCharacters = 1 << 26;

    /// <summary>What a line takes at most beside what a program writes, about.</summary>
    private const int LineSize = 200;

    private readonly TextWriter? _writer;
    private readonly List<RecordingLine> _kept = [];
    private readonly Simulation _simulation;
    private readonly TraceHash? _hash;
    private long _keptSize;
    private bool _hasEnded;

    private Recorder(TextWriter? writer, Simulation simulation, TraceHash? hash)
    {
        _writer = writer;
        _simulation = simulation;
        _hash = hash;
    }

    /// <summary>Whether what is noted from here on is kept: not after the end, nor where too much came for memory.</summary>
    public bool IsOpen => !_hasEnded && (_writer is not null || _keptSize <= MostCharacters);

    /// <summary>Whether there is something to write: a recording that grew too long is kept no more.</summary>
    public bool HasKept => _kept.Count > 0;

    /// <summary>Records a session that has not booted yet.</summary>
    /// <param name="simulation">What to record.</param>
    /// <param name="writer">Takes the lines, and is closed at the end. Null keeps them for <see cref="WriteTo"/>, and does not sum up the trace: it costs a run next to nothing.</param>
    /// <param name="header">Which machine that is; without the numbers of lines that follow.</param>
    /// <param name="platform">The platform file.</param>
    internal static Recorder Attach(Simulation simulation, TextWriter? writer, RecordingHeader header, PlatformReadResult platform)
    {
        TraceHash? hash = writer is null ? null : new TraceHash();
        if (hash is not null)
        {
            simulation.AddSink(hash);
        }

        Recorder recorder = new(writer, simulation, hash);
        recorder.Begin(header, platform);
        return recorder;
    }

    /// <summary>A request is about to be accepted.</summary>
    public void Note(RecordedRequest request)
    {
        if (IsOpen)
        {
            Write(request with { Event = _simulation.EventNumber, Time = _simulation.Now.Picoseconds, Trace = _hash?.Current });
        }
    }

    /// <summary>Nothing comes any more; whatever is noted after it is not kept.</summary>
    public void End()
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        Write(new RecordingEnd(_simulation.EventNumber, _simulation.Now.Picoseconds, _hash?.Current));
        _writer?.Dispose();
    }

    /// <summary>Writes what was kept.</summary>
    public void WriteTo(TextWriter writer) => _kept.ForEach(line => Write(writer, line));

    private void Begin(RecordingHeader header, PlatformReadResult platform)
    {
        string[] lines = platform.Text.Split('\n');
        Write(header with { PlatformLines = lines.Length, TableFiles = platform.Files.Count });
        foreach (string line in lines)
        {
            Write(new RecordedPlatformLine(line));
        }

        foreach ((string path, ReadOnlyMemory<byte> bytes) in platform.Files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            Write(new RecordedTableFile(path, bytes.ToArray()));
        }
    }

    private static int InBase64(byte[] bytes) => (bytes.Length + 2) / 3 * 4;

    private static void Write(TextWriter writer, RecordingLine line)
    {
        writer.Write(RecordingText.Of(line) + "\n");
        writer.Flush();
    }

    private void Write(RecordingLine line)
    {
        if (_writer is not null)
        {
            Write(_writer, line);
            return;
        }

        _keptSize += LineSize + line switch
        {
            RecordedFileWrite { Bytes: { } bytes } => InBase64(bytes),
            RecordedFileWrite write => 2 * write.Text.Length, // quotes and line feeds take two
            RecordedWrite write => 2 * write.Value.Length,
            RecordedIoctl call => InBase64(call.Command) + InBase64(call.Input),
            _ => 0,
        };
        if (_keptSize <= MostCharacters)
        {
            _kept.Add(line);
        }
        else
        {
            _kept.Clear();
        }
    }
}
