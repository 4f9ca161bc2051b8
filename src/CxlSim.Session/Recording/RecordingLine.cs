using System.Text;
using System.Text.Json.Serialization;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>One line of a recording, a JSON object whose <c>line</c> says of which kind. The set is closed: docs/RECORDING.md lists it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "line")]
[JsonDerivedType(typeof(RecordingHeader), "recording")]
[JsonDerivedType(typeof(RecordedPlatformLine), "platform")]
[JsonDerivedType(typeof(RecordedTableFile), "table-file")]
[JsonDerivedType(typeof(RecordedStep), "step")]
[JsonDerivedType(typeof(RecordedPlacement), "placement")]
[JsonDerivedType(typeof(RecordedWrite), "write")]
[JsonDerivedType(typeof(RecordedRead), "read")]
[JsonDerivedType(typeof(RecordedKexec), "kexec")]
[JsonDerivedType(typeof(RecordedAdvance), "advance")]
[JsonDerivedType(typeof(RecordedLook), "look")]
[JsonDerivedType(typeof(RecordedOpen), "open")]
[JsonDerivedType(typeof(RecordedFileRead), "file-read")]
[JsonDerivedType(typeof(RecordedFileWrite), "file-write")]
[JsonDerivedType(typeof(RecordedDirectory), "directory")]
[JsonDerivedType(typeof(RecordedIoctl), "ioctl")]
[JsonDerivedType(typeof(RecordingEnd), "end")]
public abstract record RecordingLine
{
    private protected RecordingLine()
    {
    }
}

/// <summary>The first line: what made the recording, and which machine was booted how.</summary>
public sealed record RecordingHeader : RecordingLine
{
    /// <summary>The version that this program writes, and the only one that it reads.</summary>
    public const int Known = 1;

    /// <summary>The version of the program that runs.</summary>
    public static string ThisSimulator => typeof(RecordingHeader).Assembly.GetName().Version!.ToString(3);

    public required int Version { get; init; }

    /// <summary>The program's own version.</summary>
    public required string Simulator { get; init; }

    /// <summary>Path of the platform file, as it was given.</summary>
    public required string Platform { get; init; }

    /// <summary>How many lines of the platform file follow.</summary>
    public required int PlatformLines { get; init; }

    /// <summary>How many files with tables follow then: those that the platform names.</summary>
    public int TableFiles { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Of <c>--set</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Of <c>--step</c>.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Of <c>--append</c>.</summary>
    public string? Append { get; init; }

    /// <summary>Of <c>--until</c>.</summary>
    public string? Until { get; init; }

    /// <summary>Where the trace of the same run was written; null where none was.</summary>
    public string? Trace { get; init; }
}

/// <summary>A line of the platform file. Lines were cut at line feeds; a file that ends with one gives an empty last line.</summary>
public sealed record RecordedPlatformLine(string Text) : RecordingLine;

/// <summary>A file with a firmware table that the platform names.</summary>
/// <param name="Path">As the platform names it.</param>
/// <param name="Bytes">What it held.</param>
public sealed record RecordedTableFile(string Path, byte[] Bytes) : RecordingLine;

/// <summary>Something that the outside wanted of the machine.</summary>
public abstract record RecordedRequest : RecordingLine
{
    /// <summary>How many events had been handled when it was accepted.</summary>
    [JsonRequired]
    [JsonPropertyOrder(-3)]
    public long Event { get; init; }

    /// <summary>Virtual time then, in picoseconds since power-on.</summary>
    [JsonRequired]
    [JsonPropertyOrder(-2)]
    public long Time { get; init; }

    /// <summary>What <see cref="TraceHash"/> gave then; null where nobody counted.</summary>
    [JsonPropertyOrder(-1)]
    public string? Trace { get; init; }
}

/// <summary>A step of the platform, or of <c>--step</c> behind them; the first is 1.</summary>
public sealed record RecordedStep(int Number) : RecordedRequest;

/// <summary>The check of where bytes of regions lie: <see cref="MachineSession.CheckPlacement()"/>.</summary>
public sealed record RecordedPlacement : RecordedRequest;

/// <summary>A value written to an attribute.</summary>
public sealed record RecordedWrite(string Path, string Value) : RecordedRequest;

/// <summary>An attribute that was read.</summary>
public sealed record RecordedRead(string Path) : RecordedRequest;

/// <summary>Another kernel in place of the running one, with a command line.</summary>
public sealed record RecordedKexec(string CommandLine) : RecordedRequest;

/// <summary>Virtual time that passed up to a point, in picoseconds since power-on.</summary>
public sealed record RecordedAdvance(long Until) : RecordedRequest;

/// <summary>A request of a program in a shell or mount. It only begins at its event: others may come before it ends.</summary>
public abstract record RecordedCall : RecordedRequest
{
    /// <summary>What traces call it.</summary>
    public string Request { get; init; } = string.Empty;
}

/// <summary>A look at the machine that changes nothing.</summary>
public sealed record RecordedLook : RecordedCall;

/// <summary>A file that was opened; later lines know it by the handle.</summary>
public sealed record RecordedOpen(string Path, OpenFlags Flags, ulong Handle) : RecordedCall;

/// <summary>A read(2).</summary>
public sealed record RecordedFileRead(ulong Handle, long Offset, int Count) : RecordedCall;

/// <summary>A write(2).</summary>
/// <param name="Handle">Of the open file.</param>
/// <param name="Offset">Where in the file.</param>
/// <param name="Text">The bytes, a character each (Latin-1); empty where they are no text.</param>
/// <param name="Caller">Name of the program; null for memory, whose pages nobody in particular writes back.</param>
/// <param name="Process">Number of the program.</param>
public sealed record RecordedFileWrite(ulong Handle, long Offset, string Text, string? Caller = null, int Process = 0) : RecordedCall
{
    /// <summary>What is no text: as characters, each of its bytes could take six.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>What is written.</summary>
    [JsonIgnore]
    public byte[] Content => Bytes ?? Encoding.Latin1.GetBytes(Text);

    /// <param name="handle">Of the open file.</param>
    /// <param name="offset">Where in the file.</param>
    /// <param name="bytes">What is written.</param>
    /// <param name="caller">Who writes; null for memory.</param>
    public static RecordedFileWrite Of(ulong handle, long offset, byte[] bytes, TraceTask? caller)
    {
        bool isText = Array.TrueForAll(bytes, letter => letter is (byte)'\n' or (byte)'\t' or (>= (byte)' ' and <= (byte)'~'));
        return new(handle, offset, isText ? Encoding.Latin1.GetString(bytes) : string.Empty, caller?.Name, caller?.Process ?? 0) { Bytes = isText ? null : bytes };
    }
}

/// <summary>A directory that was made or removed.</summary>
public sealed record RecordedDirectory(string Path, bool IsRemoved) : RecordedCall;

/// <summary>A mailbox command of a program.</summary>
/// <param name="Memdev">To which device.</param>
/// <param name="Command">The structure that the program gave (<see cref="CxlSendCommand"/>).</param>
/// <param name="Input">The command's payload.</param>
public sealed record RecordedIoctl(string Memdev, byte[] Command, byte[] Input) : RecordedCall;

/// <summary>The last line of a recording that nothing cut off.</summary>
/// <param name="Events">How many events there were.</param>
/// <param name="Time">Virtual time at the end, in picoseconds.</param>
/// <param name="Trace">What <see cref="TraceHash"/> gave at the end; null where nobody counted.</param>
public sealed record RecordingEnd(long Events, long Time, string? Trace = null) : RecordingLine;
