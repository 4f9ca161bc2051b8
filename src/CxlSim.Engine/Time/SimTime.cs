using System.Globalization;

namespace CxlSim.Engine;

/// <summary>An instant of virtual time. Unit: picoseconds since power-on; 64 bits last 106 days.</summary>
public readonly record struct SimTime(long Picoseconds) : IComparable<SimTime>
{
    public static readonly SimTime Zero = new(0);

    public static SimTime operator +(SimTime time, SimDuration duration) => new(time.Picoseconds + duration.Picoseconds);

    public static SimDuration operator -(SimTime end, SimTime start) => new(end.Picoseconds - start.Picoseconds);

    public static bool operator <(SimTime a, SimTime b) => a.Picoseconds < b.Picoseconds;

    public static bool operator >(SimTime a, SimTime b) => a.Picoseconds > b.Picoseconds;

    public static bool operator <=(SimTime a, SimTime b) => a.Picoseconds <= b.Picoseconds;

    public static bool operator >=(SimTime a, SimTime b) => a.Picoseconds >= b.Picoseconds;

    public int CompareTo(SimTime other) => Picoseconds.CompareTo(other.Picoseconds);

    /// <summary>Seconds and microseconds, as <c>dmesg</c> stamps a line: <c>    0.020512</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Picoseconds / 1_000_000_000_000,5}.{Picoseconds / 1_000_000 % 1_000_000:D6}");
}
