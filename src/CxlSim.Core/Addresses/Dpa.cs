using System.Globalization;

namespace CxlSim.Core;

/// <summary>A device physical address: a byte of one Type-3 device, counted from its first capacity. Unit: bytes.</summary>
public readonly record struct Dpa(ulong Value) : IComparable<Dpa>
{
    /// <summary>The device's first byte.</summary>
    public static readonly Dpa Zero = new(0);

    /// <summary>So many bytes on. Throws <see cref="OverflowException"/> past the last address.</summary>
    public static Dpa operator +(Dpa address, ByteSize size) => new(address.Value + size.Bytes);

    /// <summary>The bytes from one to the other. Throws <see cref="OverflowException"/> where they stand the other way round.</summary>
    public static ByteSize operator -(Dpa end, Dpa start) => new(end.Value - start.Value);

    /// <summary>Whether the first is less than the second.</summary>
    public static bool operator <(Dpa a, Dpa b) => a.Value < b.Value;

    /// <summary>Whether the first is greater than the second.</summary>
    public static bool operator >(Dpa a, Dpa b) => a.Value > b.Value;

    /// <summary>Whether the first is no greater than the second.</summary>
    public static bool operator <=(Dpa a, Dpa b) => a.Value <= b.Value;

    /// <summary>Whether the first is no less than the second.</summary>
    public static bool operator >=(Dpa a, Dpa b) => a.Value >= b.Value;

    /// <summary>The lower one comes first.</summary>
    public int CompareTo(Dpa other) => Value.CompareTo(other.Value);

    /// <summary>As Linux prints an address: <c>0x490000000</c>.</summary>
    public override string ToString() => "0x" + Value.ToString("x", CultureInfo.InvariantCulture);
}
