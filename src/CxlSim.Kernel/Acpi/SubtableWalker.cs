using System.Text;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Goes through the records of a table (<c>lib/fw_table.c</c>).</summary>
public ref struct SubtableWalker
{
    private readonly ReadOnlySpan<byte> _table;
    private readonly SubtableFormat _format;
    private int _offset;
    private bool _isAtZeroLength;

    /// <param name="table">The whole table.</param>
    /// <param name="firstRecord">Where the records start.</param>
    /// <param name="format">How a record states its type and length.</param>
    public SubtableWalker(ReadOnlySpan<byte> table, int firstRecord, SubtableFormat format)
    {
        _table = table;
        _offset = firstRecord;
        _format = format;
    }

    /// <summary>Where the walk says that a record has no length; null for one that Linux does not make.</summary>
    public KernelLog? Log { get; init; }

    /// <summary>The type of record that the walk is for, which its words name.</summary>
    public ushort Sought { get; init; }

    /// <summary>Takes a record that has no length, as the log does.</summary>
    public KernelFindings? Findings { get; init; }

    public ushort Type { get; private set; }

    /// <summary>Where the record starts in the table.</summary>
    public int Offset { get; private set; }

    /// <summary>From the record's start to the end of the table: a record's own length is not to be trusted.</summary>
    public ReadOnlySpan<byte> Record { get; private set; }

    /// <summary>A record of length zero ends the walk as an error.</summary>
    public bool IsInvalid { get; private set; }

    /// <summary>A CDAT has none: its first bytes are a length.</summary>
    private readonly string TableName => _table.Length >= 4 && char.IsAsciiLetterUpper((char)_table[0]) ? Encoding.ASCII.GetString(_table[..4]) : "CDAT";

    /// <summary>
    /// A record that is nothing but a header at the very end is never seen, as in Linux. One of length zero is, and what comes after it is the end: only the way to the
    /// next record needs a length.
    /// </summary>
    public bool MoveNext()
    {
        if (_isAtZeroLength)
        {
            Stop();
            return false;
        }

        if (_offset + _format.HeadSize >= _table.Length)
        {
            return false;
        }

        Record = _table[_offset..];
        (Type, uint length) = _format.Head(Record);
        Offset = _offset;
        _isAtZeroLength = length == 0;
        _offset = (int)Math.Min((uint)_table.Length, (long)_offset + length);
        return true;
    }

    private void Stop()
    {
        if (IsInvalid)
        {
            return;
        }

        IsInvalid = true;
        Log?.Error($"[{TableName}:0x{Sought:x2}] Invalid zero length");
        TablePlace place = new(TableName, Offset + _format.LengthOffset, _format.LengthWidth);
        Findings?.Report(KernelRules.RecordLength, place, $"a record of type {Type} and length zero");
    }
}
