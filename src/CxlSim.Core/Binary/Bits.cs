namespace CxlSim.Core;

/// <summary>Bit fields of registers, named as specifications name them: high and low bit, both inclusive.</summary>
public static class Bits
{
    /// <summary>The number in a field, shifted down to bit 0.</summary>
    public static ulong Get(ulong value, int high, int low) => (value >> low) & Mask(high - low, 0);

    /// <summary>The same of a register of 32 bits.</summary>
    public static uint Get(uint value, int high, int low) => (uint)Get((ulong)value, high, low);

    /// <summary>The value with another number in a field; bits of the number that the field has no room for are cut off.</summary>
    public static ulong Set(ulong value, int high, int low, ulong field) => (value & ~Mask(high, low)) | ((field << low) & Mask(high, low));

    /// <summary>The same of a register of 32 bits.</summary>
    public static uint Set(uint value, int high, int low, uint field) => (uint)Set((ulong)value, high, low, field);

    /// <summary>The low half of a register pair.</summary>
    public static uint Low32(ulong value) => unchecked((uint)value);

    /// <summary>The high half of a register pair.</summary>
    public static uint High32(ulong value) => (uint)(value >> 32);

    /// <summary>The lowest 16 bits.</summary>
    public static ushort Low16(ulong value) => unchecked((ushort)value);

    /// <summary>Byte <paramref name="index"/> of a value, the lowest being 0.</summary>
    public static byte ByteAt(ulong value, int index) => unchecked((byte)(value >> (8 * index)));

    /// <summary>One bit of a register, the lowest being 0.</summary>
    public static bool IsSet(ulong value, int bit) => ((value >> bit) & 1) != 0;

    /// <summary>Ones in bits <paramref name="high"/>..<paramref name="low"/>; nothing when high is below low.</summary>
    public static ulong Mask(int high, int low) => high < low ? 0 : (ulong.MaxValue >> (63 - (high - low))) << low;
}
