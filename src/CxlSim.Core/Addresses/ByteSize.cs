using System.Globalization;

namespace CxlSim.Core;

/// <summary>A number of bytes.</summary>
public readonly record struct ByteSize(ulong Bytes) : IComparable<ByteSize>
{
    public static readonly ByteSize Zero = new(0);

    public static readonly ByteSize Page = KiB(4);

    public bool IsZero => Bytes == 0;

    public static ByteSize KiB(ulong count) => new(count * (1UL << 10));

    public static ByteSize MiB(ulong count) => new(count * (1UL << 20));

    public static ByteSize GiB(ulong count) => new(count * (1UL << 30));

    public static ByteSize operator +(ByteSize a, ByteSize b) => new(a.Bytes + b.Bytes);

    public static ByteSize operator -(ByteSize a, ByteSize b) => new(a.Bytes - b.Bytes);

    public static ByteSize operator *(ByteSize size, ulong count) => new(size.Bytes * count);

    public static ByteSize operator /(ByteSize size, ulong count) => new(size.Bytes / count);

    public static ulong operator /(ByteSize size, ByteSize unit) => size.Bytes / unit.Bytes;

    public static bool operator <(ByteSize a, ByteSize b) => a.Bytes < b.Bytes;

    public static bool operator >(ByteSize a, ByteSize b) => a.Bytes > b.Bytes;

    public static bool operator <=(ByteSize a, ByteSize b) => a.Bytes <= b.Bytes;

    public static bool operator >=(ByteSize a, ByteSize b) => a.Bytes >= b.Bytes;

    public bool IsMultipleOf(ByteSize unit) => Bytes % unit.Bytes == 0;

    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>The largest binary unit that divides it: <c>128 GiB</c>, <c>1536 MiB</c>, <c>4097 B</c>.</summary>
    public override string ToString()
    {
        ReadOnlySpan<string> units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        ulong value = Bytes;
        int unit = 0;
        while (value != 0 && value % 1024 == 0 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value} {units[unit]}");
    }
}
