using System.Globalization;

namespace CxlSim.Session;

/// <summary>A point of a run: how many events were handled, and how many acts from outside (steps of the file, attributes set) were begun.</summary>
public readonly record struct DebugPosition(long Event, int Acts) : IComparable<DebugPosition>
{
    /// <summary>Power-on.</summary>
    public static readonly DebugPosition Zero = new(0, 0);

    public static bool operator <(DebugPosition a, DebugPosition b) => a.CompareTo(b) < 0;

    public static bool operator >(DebugPosition a, DebugPosition b) => a.CompareTo(b) > 0;

    public static bool operator <=(DebugPosition a, DebugPosition b) => a.CompareTo(b) <= 0;

    public static bool operator >=(DebugPosition a, DebugPosition b) => a.CompareTo(b) >= 0;

    public int CompareTo(DebugPosition other) => (Event, Acts).CompareTo((other.Event, other.Acts));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"event {Event}");
}
