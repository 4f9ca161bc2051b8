using System.Buffers.Binary;
using System.Globalization;

namespace CxlSim.Views;

/// <summary>Where a field stands in its structure.</summary>
/// <param name="Offset">From the structure's start, in bytes.</param>
/// <param name="Width">In bytes; a number has at most 8.</param>
/// <param name="Name">As the specification has it.</param>
/// <param name="Meaning">What a number says; null where it says it itself.</param>
/// <param name="IsText">Letters, not a number.</param>
internal sealed record FieldLayout(int Offset, int Width, string Name, Func<ulong, string>? Meaning = null, bool IsText = false)
{
    public TableField Read(ReadOnlySpan<byte> structure, int structureOffset)
    {
        ReadOnlySpan<byte> bytes = structure.Slice(Offset, Width);
        if (IsText)
        {
            return new TableField(structureOffset + Offset, Width, Name, Printable(bytes), string.Empty);
        }

        if (Width > sizeof(ulong))
        {
            return new TableField(structureOffset + Offset, Width, Name, Convert.ToHexStringLower(bytes), string.Empty);
        }

        ulong value = NumberOf(bytes);
        string text = "0x" + value.ToString("x" + (2 * Width).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return new TableField(structureOffset + Offset, Width, Name, text, Meaning?.Invoke(value) ?? string.Empty);
    }

    /// <summary>A little-endian number of up to eight bytes.</summary>
    public static ulong NumberOf(ReadOnlySpan<byte> bytes)
    {
        Span<byte> wide = stackalloc byte[sizeof(ulong)];
        wide.Clear();
        bytes[..Math.Min(bytes.Length, sizeof(ulong))].CopyTo(wide);
        return BinaryPrimitives.ReadUInt64LittleEndian(wide);
    }

    private static string Printable(ReadOnlySpan<byte> bytes)
    {
        char[] letters = new char[bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            letters[i] = bytes[i] is >= 0x20 and < 0x7f ? (char)bytes[i] : '.';
        }

        return new string(letters);
    }
}
