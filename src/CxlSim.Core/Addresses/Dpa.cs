using System.Globalization;

namespace CxlSim.Core;

/// <summary>A device physical address: a byte of one Type-3 device, counted from its first capacity. Unit: bytes.</summary>
public readonly record struct Dpa(ulong Value) : IComparable<Dpa>
{
    public static readonly Dpa Zero = new(0);

    public static Dpa operator +(Dpa address, ByteSize size) => new(address.Value + size.Bytes);

    public static ByteSize operator -(Dpa end, Dpa start) => new(end.Value - start.Value);

    public static bool operator <(Dpa a, Dpa b) => a.Value < b.Value;

    public static bool operator >(Dpa a, Dpa b) => a.Value > b.Value;

    public static bool operator <=(Dpa a, Dpa b) => a.Value <= b.Value;

    public static bool operator >=(Dpa a, Dpa b) => a.Value >= b.Value;

    public int CompareTo(Dpa other) => Value.CompareTo(other.Value);

    public override string ToString() => "0x" + Value.ToString("x", CultureInfo.InvariantCulture);
}
