using System.Buffers.Binary;
using System.Text;

namespace CxlSim.Core;

/// <summary>Writes little-endian fields in order into a growing buffer; used where firmware or a device composes a structure.</summary>
public sealed class ByteWriter
{
    private byte[] _buffer = new byte[256];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>One byte.</summary>
    public ByteWriter U8(byte value)
    {
        Reserve(1)[0] = value;
        return this;
    }

    /// <summary>Two bytes, the low one first.</summary>
    public ByteWriter U16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), value);
        return this;
    }

    /// <summary>Four bytes, the low one first.</summary>
    public ByteWriter U32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
        return this;
    }

    /// <summary>Eight bytes, the low one first.</summary>
    public ByteWriter U64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
        return this;
    }

    /// <summary>Bytes as they are.</summary>
    public ByteWriter Bytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        return this;
    }

    /// <summary>So many bytes of zero.</summary>
    public ByteWriter Zeros(int count)
    {
        Reserve(count).Clear();
        return this;
    }

    /// <summary>Text in a field of fixed width, padded with <paramref name="pad"/>; what does not fit is cut.</summary>
    public ByteWriter Ascii(string text, int width, byte pad = 0)
    {
        Span<byte> field = Reserve(width);
        field.Fill(pad);
        Encoding.Latin1.GetBytes(text.AsSpan(0, Math.Min(width, text.Length)), field);
        return this;
    }

    /// <summary>Fills in a field that was not known when it was passed, such as a length or a checksum.</summary>
    public Span<byte> At(int offset, int length) => _buffer.AsSpan(0, Length).Slice(offset, length);

    /// <summary>A copy of all that was written.</summary>
    public byte[] ToArray() => _buffer.AsSpan(0, Length).ToArray();

    private Span<byte> Reserve(int count)
    {
        if (Length + count > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + count));
        }

        Span<byte> field = _buffer.AsSpan(Length, count);
        Length += count;
        return field;
    }
}
