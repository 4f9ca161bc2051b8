using System.Globalization;

namespace CxlSim.Engine;

/// <summary>An instant of virtual time. Unit: picoseconds since power-on; 64 bits last 106 days.</summary>
public readonly record struct SimTime(long Picoseconds) : IComparable<SimTime>
{
    /// <summary>Power-on.</summary>
    public static readonly SimTime Zero = new(0);

    /// <summary>Later by a span. Throws <see cref="OverflowException"/> past 64 bits.</summary>
    public static SimTime operator +(SimTime time, SimDuration duration) => new(time.Picoseconds + duration.Picoseconds);

    /// <summary>The span from one to the other; negative where they stand the other way round.</summary>
    public static SimDuration operator -(SimTime end, SimTime start) => new(end.Picoseconds - start.Picoseconds);

    /// <summary>Whether the first is less than the second.</summary>
    public static bool operator <(SimTime a, SimTime b) => a.Picoseconds < b.Picoseconds;

    /// <summary>Whether the first is greater than the second.</summary>
    public static bool operator >(SimTime a, SimTime b) => a.Picoseconds > b.Picoseconds;

    /// <summary>Whether the first is no greater than the second.</summary>
    public static bool operator <=(SimTime a, SimTime b) => a.Picoseconds <= b.Picoseconds;

    /// <summary>Whether the first is no less than the second.</summary>
    public static bool operator >=(SimTime a, SimTime b) => a.Picoseconds >= b.Picoseconds;

    /// <summary>The earlier one comes first.</summary>
    public int CompareTo(SimTime other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>Seconds and microseconds, as <c>dmesg</c> stamps a line: <c>    0.020512</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Picoseconds / 1_000_000_000_000,5}.{Picoseconds / 1_000_000 % 1_000_000:D6}");
}
