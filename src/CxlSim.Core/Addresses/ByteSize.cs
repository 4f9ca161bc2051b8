using System.Globalization;

namespace CxlSim.Core;

/// <summary>A number of bytes.</summary>
public readonly record struct ByteSize(ulong Bytes) : IComparable<ByteSize>
{
    /// <summary>Binary units by name, the smallest first: a byte shifted left by so many bits.</summary>
    public static readonly IReadOnlyList<(string Name, int Shift)> Units = [("B", 0), ("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40), ("PiB", 50)];

    /// <summary>Nothing.</summary>
    public static readonly ByteSize Zero = new(0);

    /// <summary>A page of x86: 4 KiB.</summary>
    public static readonly ByteSize Page = KiB(4);

    /// <summary>Whether it is nothing.</summary>
    public bool IsZero => Bytes == 0;

    /// <summary>So many times 2^10 bytes. Throws <see cref="OverflowException"/> where 64 bits do not hold it.</summary>
    public static ByteSize KiB(ulong count) => new(count * (1UL << 10));

    /// <summary>So many times 2^20 bytes. Throws <see cref="OverflowException"/> where 64 bits do not hold it.</summary>
    public static ByteSize MiB(ulong count) => new(count * (1UL << 20));

    /// <summary>So many times 2^30 bytes. Throws <see cref="OverflowException"/> where 64 bits do not hold it.</summary>
    public static ByteSize GiB(ulong count) => new(count * (1UL << 30));

    /// <summary>The sum. Throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static ByteSize operator +(ByteSize a, ByteSize b) => new(a.Bytes + b.Bytes);

    /// <summary>The difference. Throws <see cref="OverflowException"/> below zero.</summary>
    public static ByteSize operator -(ByteSize a, ByteSize b) => new(a.Bytes - b.Bytes);

    /// <summary>So many times the size. Throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static ByteSize operator *(ByteSize size, ulong count) => new(size.Bytes * count);

    /// <summary>One of so many equal parts, in whole bytes. Throws <see cref="DivideByZeroException"/> for none.</summary>
    public static ByteSize operator /(ByteSize size, ulong count) => new(size.Bytes / count);

    /// <summary>How many whole units it holds. Throws <see cref="DivideByZeroException"/> for a unit of nothing.</summary>
    public static ulong operator /(ByteSize size, ByteSize unit) => size.Bytes / unit.Bytes;

    /// <summary>Whether the first is less than the second.</summary>
    public static bool operator <(ByteSize a, ByteSize b) => a.Bytes < b.Bytes;

    /// <summary>Whether the first is greater than the second.</summary>
    public static bool operator >(ByteSize a, ByteSize b) => a.Bytes > b.Bytes;

    /// <summary>Whether the first is no greater than the second.</summary>
    public static bool operator <=(ByteSize a, ByteSize b) => a.Bytes <= b.Bytes;

    /// <summary>Whether the first is no less than the second.</summary>
    public static bool operator >=(ByteSize a, ByteSize b) => a.Bytes >= b.Bytes;

    /// <summary>Whether nothing is left over. Throws <see cref="DivideByZeroException"/> for a unit of nothing.</summary>
    public bool IsMultipleOf(ByteSize unit) => Bytes % unit.Bytes == 0;

    /// <summary>The smaller one comes first.</summary>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>The largest binary unit that divides it: <c>128 GiB</c>, <c>1536 MiB</c>, <c>4097 B</c>.</summary>
    public override string ToString()
    {
        int unit = Units.Count - 1;
        while (unit > 0 && (Bytes == 0 || Bytes % (1UL << Units[unit].Shift) != 0))
        {
            unit--;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Bytes >> Units[unit].Shift} {Units[unit].Name}");
    }
}
