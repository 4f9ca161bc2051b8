using System.Text;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Goes through the records of a table (<c>lib/fw_table.c</c>).</summary>
public ref struct SubtableWalker
{
    private readonly ReadOnlySpan<byte> _table;
    private readonly SubtableFormat _format;
    private int _offset;

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

    /// <summary>A record that is nothing but a header at the very end is never seen, as in Linux.</summary>
    public bool MoveNext()
    {
        if (_offset + _format.HeadSize >= _table.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = _table[_offset..];
        (ushort type, uint length) = _format.Head(rest);
        if (length == 0)
        {
            IsInvalid = true;
            Log?.Error($"[{TableName}:0x{Sought:x2}] Invalid zero length");
            TablePlace place = new(TableName, _offset + _format.LengthOffset, _format.LengthWidth);
            Findings?.Report(KernelRules.RecordLength, place, $"a record of type {type} and length zero");
            return false;
        }

        Type = type;
        Offset = _offset;
        Record = rest;
        _offset = (int)Math.Min((uint)_table.Length, (long)_offset + length);
        return true;
    }
}
