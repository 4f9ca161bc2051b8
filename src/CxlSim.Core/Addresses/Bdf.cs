namespace CxlSim.Core;

/// <summary>The address of a PCI function: segment, bus, device, function.</summary>
public readonly record struct Bdf(ushort Segment, byte Bus, byte Device, byte Function) : IComparable<Bdf>
{
    /// <summary>Bus, device and function in the 16 bits that PCI puts on the wire.</summary>
    public ushort RoutingId => (ushort)((Bus << 8) | (Device << 3) | Function);

    private uint Key => ((uint)Segment << 16) | RoutingId;

    /// <summary>By segment, bus, device and function.</summary>
    public int CompareTo(Bdf other) => Key.CompareTo(other.Key);

    /// <summary>As Linux names the function: <c>0000:0d:00.0</c>.</summary>
    public override string ToString() => $"{Segment:x4}:{Bus:x2}:{Device:x2}.{Function:x}";
}
