using System.Buffers.Binary;
using System.Text;

namespace CxlSim.Core;

/// <summary>Reads little-endian fields in order. A read past the end yields zeros and sets <see cref="Truncated"/>: tables come from outside and may lie.</summary>
public ref struct SpanReader(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Whether a read went past the end; that read took nothing.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Bytes that are left.</summary>
    public readonly int Remaining => _data.Length - Position;

    /// <summary>One byte; 0 past the end.</summary>
    public byte U8() => Take(1, out ReadOnlySpan<byte> field) ? field[0] : (byte)0;

    /// <summary>Two bytes, the low one first; 0 past the end.</summary>
    public ushort U16() => Take(2, out ReadOnlySpan<byte> field) ? BinaryPrimitives.ReadUInt16LittleEndian(field) : (ushort)0;

    /// <summary>Four bytes, the low one first; 0 past the end.</summary>
    public uint U32() => Take(4, out ReadOnlySpan<byte> field) ? BinaryPrimitives.ReadUInt32LittleEndian(field) : 0;

    /// <summary>Eight bytes, the low one first; 0 past the end.</summary>
    public ulong U64() => Take(8, out ReadOnlySpan<byte> field) ? BinaryPrimitives.ReadUInt64LittleEndian(field) : 0;

    /// <summary>So many bytes; none past the end.</summary>
    public ReadOnlySpan<byte> Bytes(int count) => Take(count, out ReadOnlySpan<byte> field) ? field : [];

    /// <summary>Text of a fixed width, without the zeros and spaces that fill it up; empty past the end.</summary>
    public string Ascii(int count) => Encoding.Latin1.GetString(Bytes(count)).TrimEnd('\0', ' ');

    /// <summary>Passes so many bytes over.</summary>
    public void Skip(int count) => Take(count, out _);

    private bool Take(int count, out ReadOnlySpan<byte> field)
    {
        if (count < 0 || count > Remaining)
        {
            Truncated = true;
            field = default;
            return false;
        }

        field = _data.Slice(Position, count);
        Position += count;
        return true;
    }
}
