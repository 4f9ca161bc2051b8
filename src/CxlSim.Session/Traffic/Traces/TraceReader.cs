using System.Buffers.Binary;
using System.Globalization;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Platform.Reading;
using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>Reads a trace of accesses, text or binary; the first bytes say which. Whatever the file holds, the answer is accesses or diagnostics.</summary>
/// <remarks>Text: a line <c>12.5 R 0x890000000 64</c> for each access: nanoseconds, R or W, address, bytes; what follows # is for people. Binary: the word
/// <see cref="Magic"/> and records of 24 bytes, little end first: picoseconds and address of eight bytes each, size of four, kind of four (0 reads, 1 writes).</remarks>
public sealed class TraceReader
{
    /// <summary>How a binary trace begins.</summary>
    public const string Magic = "CXLTRACE";

    /// <summary>Bytes of a record.</summary>
    public const int RecordBytes = 24;

    private const int MostEntries = 1 << 24;

    /// <summary>Bytes: room for all entries as text. A line may be as long as its file.</summary>
    private const long LargestFile = 1L << 30;

    /// <summary>Of what cannot be read twice, and so is kept in memory.</summary>
    private const long LargestPipe = 256L << 20;

    private const int MostDiagnostics = 100;
    private const uint MostBytes = 1 << 20;

    /// <summary>Hours that the clock holds many times over.</summary>
    private const double LongestNs = 3600e9;

    private readonly string _path;
    private readonly List<TraceEntry> _entries = [];
    private readonly List<Diagnostic> _diagnostics = [];
    private long _last;

    private TraceReader(string path) => _path = path;

    private bool IsGoingOn => _diagnostics.Count < MostDiagnostics && _entries.Count < MostEntries;

    public static TraceReadResult ReadFile(string path)
    {
        TraceReader reader = new(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            using Stream whole = file.CanSeek ? file : Whole(file);
            reader.Read(whole);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            reader.Fault(Cxt.UnreadableFile, 1, 1, $"the file cannot be read: {error.Message}");
        }

        return new TraceReadResult(reader._diagnostics.Count > 0 ? [] : reader._entries, reader._diagnostics);
    }

    /// <summary>A pipe, up to a byte more than is taken.</summary>
    private static MemoryStream Whole(FileStream pipe)
    {
        MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int count = pipe.Read(buffer); count > 0 && bytes.Length <= LargestPipe; count = pipe.Read(buffer))
        {
            bytes.Write(buffer, 0, count);
        }

        bytes.Position = 0;
        return bytes;
    }

    private void Read(Stream file)
    {
        if (file.Length > (file is FileStream ? LargestFile : LargestPipe))
        {
            Fault(Cxt.TooMany, 1, 1, $"found more than {(file is FileStream ? LargestFile : LargestPipe) >> 20} MiB; expected fewer");
            return;
        }

        if (file.Length == 0)
        {
            FaultEmpty(); // a device, which may be endless, says so too
            return;
        }

        byte[] start = new byte[Magic.Length];
        int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.AsSpan(0, length).SequenceEqual("CXLTRACE"u8))
        {
            ReadRecords(file);
        }
        else
        {
            file.Position = 0;
            using StreamReader text = new(file);
            ReadLines(text);
        }

        if (_entries.Count == MostEntries)
        {
            Fault(Cxt.TooMany, 1, 1, $"found {MostEntries} accesses or more; expected fewer");
        }
        else if (_entries.Count == 0 && _diagnostics.Count == 0)
        {
            FaultEmpty();
        }
    }

    private void FaultEmpty() => Fault(Cxt.Nothing, 1, 1, $"found no access; expected a line such as '12.5 R 0x890000000 64'");

    private void ReadLines(StreamReader text)
    {
        for (int number = 1; IsGoingOn && text.ReadLine() is { } line; number++)
        {
            string told = line.Split('#')[0];
            string[] words = told.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0)
            {
                ReadLine(told, words, number);
            }
        }
    }

    private void ReadLine(string line, string[] words, int number)
    {
        const string expected = "expected nanoseconds, R or W, an address and bytes, such as '12.5 R 0x890000000 64'";
        if (words.Length != 4)
        {
            Fault(Cxt.LineForm, number, ColumnOf(0), $"found {words.Length} words; {expected}");
        }
        else if (!ScalarParser.TryDecimal(words[0], out double ns) || ns > LongestNs)
        {
            Fault(Cxt.LineForm, number, ColumnOf(0), $"found '{words[0]}' for a time; {expected}");
        }
        else if (words[1] is not ("R" or "r" or "W" or "w"))
        {
            Fault(Cxt.LineForm, number, ColumnOf(1), $"found '{words[1]}' for a kind; {expected}");
        }
        else if (!TryNumber(words[2], out ulong address))
        {
            Fault(Cxt.LineForm, number, ColumnOf(2), $"found '{words[2]}' for an address; {expected}");
        }
        else if (!TryNumber(words[3], out ulong size))
        {
            Fault(Cxt.LineForm, number, ColumnOf(3), $"found '{words[3]}' for a size; {expected}");
        }
        else if (!IsAccess(address, size))
        {
            FaultAccess(number, ColumnOf(2), address, size);
        }
        else
        {
            Add(number, (long)Math.Round(ns * 1e3), address, size, words[1] is "W" or "w");
        }

        int ColumnOf(int word) => words.Take(word + 1).Aggregate(0, (after, text) => line.IndexOf(text, after, StringComparison.Ordinal) + text.Length) - words[word].Length + 1;
    }

    private void ReadRecords(Stream file)
    {
        byte[] record = new byte[RecordBytes];
        for (int number = 1; IsGoingOn; number++)
        {
            int length = file.ReadAtLeast(record, RecordBytes, throwOnEndOfStream: false);
            if (length == 0)
            {
                return;
            }

            if (length < RecordBytes)
            {
                Fault(Cxt.CutOff, number, 1, $"found {length} bytes for record {number}; expected {RecordBytes}");
                return;
            }

            ulong time = BinaryPrimitives.ReadUInt64LittleEndian(record);
            uint kind = BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(20));
            if (time > LongestNs * 1e3 || kind > 1)
            {
                Fault(Cxt.LineForm, number, 1, $"found time {time} and kind {kind} in record {number}; expected at most an hour, and 0 or 1");
                continue;
            }

            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(8));
            uint size = BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(16));
            if (!IsAccess(address, size))
            {
                FaultAccess(number, 1, address, size);
                continue;
            }

            Add(number, (long)time, address, size, kind == 1);
        }
    }

    private static bool IsAccess(ulong address, ulong size) => size is > 0 and <= MostBytes && address < 1UL << 52;

    private void FaultAccess(int number, int column, ulong address, ulong size) =>
        Fault(Cxt.LineForm, number, column, $"found {size} bytes at 0x{address:x}; expected 1 to {MostBytes} bytes at an address of 52 bits");

    private void Add(int number, long time, ulong address, ulong size, bool isWrite)
    {
        if (time < _last)
        {
            Fault(Cxt.TimeOrder, number, 1, $"found {time / 1e3} ns after {_last / 1e3} ns; expected accesses in the order of their time");
            return;
        }

        _last = time;
        _entries.Add(new TraceEntry(time, new Hpa(address), (uint)size, isWrite ? AccessKind.Write : AccessKind.Read));
    }

    private static bool TryNumber(string text, out ulong value) => text.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private void Fault(string id, int line, int column, FormattableString message) =>
        _diagnostics.Add(new Diagnostic(id, DiagnosticSeverity.Error, message.ToString(CultureInfo.InvariantCulture), new SourceLocation(_path, line, column)));
}
