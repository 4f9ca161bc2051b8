namespace CxlSim.Platform;

/// <summary>Any other PCI function of a root bus: enough of it to be enumerated and to take its address space.</summary>
public sealed record PciFunctionDescription
{
    public required byte Device { get; init; }

    public required byte Function { get; init; }

    public required ushort VendorId { get; init; }

    public required ushort DeviceId { get; init; }

    /// <summary>24 bits: base class, subclass, programming interface.</summary>
    public required uint ClassCode { get; init; }

    public required IReadOnlyList<BarDescription> Bars { get; init; }
}
