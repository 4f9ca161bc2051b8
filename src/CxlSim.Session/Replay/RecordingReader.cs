using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Reads a recording. Whatever the file holds, the answer is a recording or diagnostics, never an exception.</summary>
public sealed class RecordingReader
{
    /// <summary>Characters of a first line that say whether it is a recording's.</summary>
    private const int LongestStart = 1 << 10;

    /// <summary>Bytes that a program reads at once.</summary>
    private const int LongestRead = 1 << 20;

    /// <summary>A hundred days in picoseconds: the clock has a week left then.</summary>
    private const long LatestTime = 100L * 86_400 * 1_000_000_000_000;

    private readonly string _name;
    private readonly string[] _lines;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly List<RecordedRequest> _requests = [];
    private readonly HashSet<ulong> _handles = [];
    private int _number;
    private RecordingEnd? _end;

    private RecordingReader(string name, string text)
    {
        _name = name;
        _lines = text.Split('\n');
    }

    public static RecordingReadResult ReadFile(string path)
    {
        try
        {
            using StreamReader reader = new(path);
            char[] buffer = new char[Math.Min(Recorder.MostCharacters, File.Exists(path) ? Math.Max(new FileInfo(path).Length, 1 << 16) : Recorder.MostCharacters) + 1];
            int length = reader.ReadBlock(buffer);
            return length <= Recorder.MostCharacters
                ? ReadText(new string(buffer, 0, length), path)
                : Failed(path, $"found more than {Recorder.MostCharacters} characters; expected a recording of no more");
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return Failed(path, $"the file cannot be read: {error.Message}");
        }
    }

    /// <summary>Whether a file begins as recordings do, sound or not. False for what cannot be read.</summary>
    public static bool IsRecording(string path)
    {
        try
        {
            using StreamReader reader = new(path);
            char[] buffer = new char[LongestStart];
            int length = reader.ReadBlock(buffer);
            string line = new string(buffer, 0, length).Split('\n')[0];
            return line.StartsWith('{') && line.Contains("\"line\"", StringComparison.Ordinal) && line.Contains("\"recording\"", StringComparison.Ordinal);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return false;
        }
    }

    /// <param name="text">The text of a recording.</param>
    /// <param name="name">What diagnostics call it.</param>
    public static RecordingReadResult ReadText(string text, string name) => new RecordingReader(name, text).Read();

    private static RecordingReadResult Failed(string path, string message) =>
        new(null, [new Diagnostic(Cxr.UnreadableFile, DiagnosticSeverity.Error, message, new SourceLocation(path, 1, 1))]);

    private RecordingReadResult Read()
    {
        if (Next() is not RecordingHeader header)
        {
            return Refused(Cxr.NoRecording, "found no head of a recording; expected {\"line\":\"recording\",\"version\":1,...}");
        }

        if (header.Version != RecordingHeader.Known)
        {
            return Refused(Cxr.NoRecording, $"found version {header.Version}; expected {RecordingHeader.Known}");
        }

        if (header.Settings.Contains(null!) || header.Steps.Contains(null!))
        {
            return Refused(Cxr.NoRecording, "found null among the settings or steps; expected texts");
        }

        List<string> platform = [];
        while (platform.Count < header.PlatformLines)
        {
            if (Next() is not RecordedPlatformLine line)
            {
                return Refused(Cxr.NoRecording, $"found {platform.Count} lines of the platform file; expected {header.PlatformLines}");
            }

            platform.Add(line.Text);
        }

        Dictionary<string, ReadOnlyMemory<byte>> files = [];
        for (int i = 0; i < header.TableFiles; i++)
        {
            if (Next() is not RecordedTableFile file)
            {
                return Refused(Cxr.NoRecording, $"found {i} table files; expected {header.TableFiles}");
            }

            files[file.Path] = file.Bytes;
        }

        PlatformInput input = new(header.Platform) { Settings = header.Settings, MoreSteps = header.Steps, Append = header.Append, Files = files };
        PlatformReadResult read = input.ReadText(string.Join('\n', platform));
        _diagnostics.AddRange(read.Diagnostics);
        ReadRequests(read.Platform?.Steps.Count ?? int.MaxValue);
        bool isSound = _diagnostics.TrueForAll(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
        return new RecordingReadResult(isSound ? new Recording(header, read.Platform!, _requests, _end) : null, _diagnostics);
    }

    private void ReadRequests(int steps)
    {
        while (HasMore)
        {
            bool isLast = _number == _lines.Length - 1; // no line feed behind it
            RecordingLine? line = RecordingText.Read(_lines[_number++], out string fault, out int column);
            if (line is null && isLast)
            {
                break;
            }

            if (_end is not null)
            {
                Error(Cxr.Order, 1, "found something behind the end; expected nothing");
                return;
            }

            switch (line)
            {
                case null:
                    Error(Cxr.LineForm, column, $"{fault}; expected a line of a recording");
                    break;
                case RecordingEnd end:
                    Follows(end.Events, end.Time);
                    _end = end;
                    break;
                case RecordedRequest request:
                    Follows(request.Event, request.Time);
                    Check(request, steps);
                    _requests.Add(request);
                    break;
                default:
                    Error(Cxr.Order, 1, "found a line of the head among the requests; expected a request or the end");
                    break;
            }
        }

        if (_end is null)
        {
            _diagnostics.Add(new Diagnostic(Cxr.CutOff, DiagnosticSeverity.Warning, $"found no end; the {_requests.Count} requests up to here are replayed", new SourceLocation(_name, _number, 1)));
        }
    }

    private bool HasMore => _number < _lines.Length && !(_number == _lines.Length - 1 && _lines[_number].Length == 0);

    private RecordingLine? Next() => HasMore ? RecordingText.Read(_lines[_number++], out _, out _) : null;

    /// <summary>Neither events nor time run backwards.</summary>
    private void Follows(long events, long time)
    {
        (long lastEvent, long lastTime) = _requests is [.., { } last] ? (last.Event, last.Time) : (0, 0);
        if (events < lastEvent || time < lastTime)
        {
            Error(Cxr.Order, 1, $"found event {events} at {time} ps; expected none before event {lastEvent} at {lastTime} ps");
        }
    }

    private void Check(RecordedRequest request, int steps)
    {
        string? fault = request switch
        {
            RecordedStep step when step.Number < 1 || step.Number > steps => $"found step {step.Number}; expected one of the platform's {steps}",
            RecordedCall { Request.Length: 0 } => "found a request without a name; expected 'request'",
            { Time: > LatestTime } or RecordedAdvance { Until: > LatestTime } => $"found a time behind {LatestTime} ps; expected one that the clock can go on from",
            RecordedAdvance advance when advance.Until < advance.Time => $"found {advance.Until} ps; expected no time before {advance.Time} ps",
            RecordedOpen open when !_handles.Add(open.Handle) => $"found handle {open.Handle} twice; expected each once",
            RecordedFileRead read when !_handles.Contains(read.Handle) => $"found handle {read.Handle}; expected one that was opened",
            RecordedFileWrite write when !_handles.Contains(write.Handle) => $"found handle {write.Handle}; expected one that was opened",
            RecordedFileRead { Offset: < 0 } or RecordedFileWrite { Offset: < 0 } => "found a negative offset; expected none",
            RecordedFileRead { Count: < 0 or > LongestRead } read => $"found {read.Count} bytes to read; expected up to {LongestRead}",
            RecordedFileWrite write when write.Text.Any(character => character > byte.MaxValue) => "found a character that is no byte; expected bytes, a character each",
            RecordedIoctl ioctl when ioctl.Command.Length != Kernel.CxlSendCommand.SpecSize => $"found a command of {ioctl.Command.Length} bytes; expected {Kernel.CxlSendCommand.SpecSize}",
            _ => null,
        };
        if (fault is not null)
        {
            Error(Cxr.Value, 1, fault);
        }
    }

    private void Error(string id, int column, string message) =>
        _diagnostics.Add(new Diagnostic(id, DiagnosticSeverity.Error, message, new SourceLocation(_name, _number, column)));

    private RecordingReadResult Refused(string id, string message)
    {
        _number = Math.Max(_number, 1);
        Error(id, 1, message);
        return new RecordingReadResult(null, _diagnostics);
    }
}
