using System.Globalization;

namespace CxlSim.Core;

/// <summary>A host physical address: what a CPU issues and a root decoder claims. Unit: bytes.</summary>
/// <remarks>Adds only sizes; the difference of two is a size. It does not mix with <see cref="Dpa"/>.</remarks>
public readonly record struct Hpa(ulong Value) : IComparable<Hpa>
{
    public static readonly Hpa Zero = new(0);

    public static Hpa operator +(Hpa address, ByteSize size) => new(address.Value + size.Bytes);

    public static Hpa operator -(Hpa address, ByteSize size) => new(address.Value - size.Bytes);

    public static ByteSize operator -(Hpa end, Hpa start) => new(end.Value - start.Value);

    public static bool operator <(Hpa a, Hpa b) => a.Value < b.Value;

    public static bool operator >(Hpa a, Hpa b) => a.Value > b.Value;

    public static bool operator <=(Hpa a, Hpa b) => a.Value <= b.Value;

    public static bool operator >=(Hpa a, Hpa b) => a.Value >= b.Value;

    public bool IsAligned(ByteSize alignment) => alignment.IsZero || Value % alignment.Bytes == 0;

    public int CompareTo(Hpa other) => Value.CompareTo(other.Value);

    public override string ToString() => "0x" + Value.ToString("x", CultureInfo.InvariantCulture);
}
