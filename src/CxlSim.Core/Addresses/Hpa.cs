using System.Globalization;

namespace CxlSim.Core;

/// <summary>A host physical address: what a CPU issues and a root decoder claims. Unit: bytes.</summary>
/// <remarks>Adds only sizes; the difference of two is a size. It does not mix with <see cref="Dpa"/>.</remarks>
public readonly record struct Hpa(ulong Value) : IComparable<Hpa>
{
    /// <summary>The first byte of the address space.</summary>
    public static readonly Hpa Zero = new(0);

    /// <summary>So many bytes on. Throws <see cref="OverflowException"/> past the last address.</summary>
    public static Hpa operator +(Hpa address, ByteSize size) => new(address.Value + size.Bytes);

    /// <summary>So many bytes back. Throws <see cref="OverflowException"/> below address 0.</summary>
    public static Hpa operator -(Hpa address, ByteSize size) => new(address.Value - size.Bytes);

    /// <summary>The bytes from one to the other. Throws <see cref="OverflowException"/> where they stand the other way round.</summary>
    public static ByteSize operator -(Hpa end, Hpa start) => new(end.Value - start.Value);

    /// <summary>Whether the first is less than the second.</summary>
    public static bool operator <(Hpa a, Hpa b) => a.Value < b.Value;

    /// <summary>Whether the first is greater than the second.</summary>
    public static bool operator >(Hpa a, Hpa b) => a.Value > b.Value;

    /// <summary>Whether the first is no greater than the second.</summary>
    public static bool operator <=(Hpa a, Hpa b) => a.Value <= b.Value;

    /// <summary>Whether the first is no less than the second.</summary>
    public static bool operator >=(Hpa a, Hpa b) => a.Value >= b.Value;

    /// <summary>Whether it is a multiple of the alignment; of no alignment every address is.</summary>
    public bool IsAligned(ByteSize alignment) => alignment.IsZero || Value % alignment.Bytes == 0;

    /// <summary>The lower one comes first.</summary>
    public int CompareTo(Hpa other) => Value.CompareTo(other.Value);

    /// <summary>As Linux prints an address: <c>0x490000000</c>.</summary>
    public override string ToString() => "0x" + Value.ToString("x", CultureInfo.InvariantCulture);
}
