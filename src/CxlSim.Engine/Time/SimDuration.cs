using System.Globalization;

namespace CxlSim.Engine;

/// <summary>A stretch of virtual time. Unit: picoseconds.</summary>
public readonly record struct SimDuration(long Picoseconds) : IComparable<SimDuration>
{
    /// <summary>No time.</summary>
    public static readonly SimDuration Zero = new(0);

    /// <summary>So many times 1000 picoseconds, rounded. Throws <see cref="OverflowException"/> past 64 bits, which are 106 days.</summary>
    public static SimDuration Nanoseconds(double count) => new(checked((long)Math.Round(count * 1e3)));

    /// <summary>So many times 10^6 picoseconds. Throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static SimDuration Microseconds(long count) => new(count * 1_000_000);

    /// <summary>So many times 10^9 picoseconds. Throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static SimDuration Milliseconds(long count) => new(count * 1_000_000_000);

    /// <summary>So many times 10^12 picoseconds. Throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static SimDuration Seconds(long count) => new(count * 1_000_000_000_000);

    /// <summary>One after the other. Throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static SimDuration operator +(SimDuration a, SimDuration b) => new(a.Picoseconds + b.Picoseconds);

    /// <summary>So many of it. Throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static SimDuration operator *(SimDuration duration, long count) => new(duration.Picoseconds * count);

    /// <summary>Whether the first is less than the second.</summary>
    public static bool operator <(SimDuration a, SimDuration b) => a.Picoseconds < b.Picoseconds;

    /// <summary>Whether the first is greater than the second.</summary>
    public static bool operator >(SimDuration a, SimDuration b) => a.Picoseconds > b.Picoseconds;

    /// <summary>The smaller one comes first.</summary>
    public int CompareTo(SimDuration other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>In the largest unit that leaves a figure before the point: <c>20.5 ms</c>.</summary>
    public override string ToString() => Picoseconds switch
    {
        >= 1_000_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Picoseconds / 1e12:0.###} s"),
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Picoseconds / 1e9:0.###} ms"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{Picoseconds / 1e6:0.###} us"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Picoseconds / 1e3:0.###} ns"),
    };
}
