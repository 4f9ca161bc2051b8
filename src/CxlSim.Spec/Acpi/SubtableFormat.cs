using System.Buffers.Binary;

namespace CxlSim.Spec.Acpi;

/// <summary>How the records of a table say their type and their length, both little-endian (ACPI 6.5 5.2.12, 5.2.16, 5.2.27; CXL r3.1 9.18.1; CDAT 1.04 2.1).</summary>
/// <param name="TypeWidth">Bytes of the type, which stands first.</param>
/// <param name="LengthOffset">Where a record says its length, in bytes from its start.</param>
/// <param name="LengthWidth">Bytes of the length, which counts the whole record.</param>
public sealed record SubtableFormat(int TypeWidth, int LengthOffset, int LengthWidth)
{
    /// <summary>SRAT and MADT.</summary>
    public static readonly SubtableFormat Common = new(1, 1, 1);

    /// <summary>CEDT and CDAT.</summary>
    public static readonly SubtableFormat Cedt = new(1, 2, 2);

    /// <summary>HMAT.</summary>
    public static readonly SubtableFormat Hmat = new(2, 4, 4);

    /// <summary>Bytes that every record begins with.</summary>
    public int HeadSize => LengthOffset + LengthWidth;

    /// <summary>What the record says of itself, true or not.</summary>
    /// <param name="record">At least <see cref="HeadSize"/> bytes.</param>
    public (ushort Type, uint Length) Head(ReadOnlySpan<byte> record) => ((ushort)Number(record, TypeWidth), Number(record[LengthOffset..], LengthWidth));

    /// <summary>Whether a whole record begins here: its head is there, and its length neither shorter than that nor longer than what is left.</summary>
    /// <param name="rest">The table from here to its end.</param>
    /// <param name="type">Of the record; 0 without a head.</param>
    /// <param name="length">What it claims in bytes; 0 without a head.</param>
    public bool TryHead(ReadOnlySpan<byte> rest, out ushort type, out uint length)
    {
        (type, length) = rest.Length < HeadSize ? (default, default) : Head(rest);
        return length >= HeadSize && length <= rest.Length;
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int width) => width switch
    {
        1 => bytes[0],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
    };
}
