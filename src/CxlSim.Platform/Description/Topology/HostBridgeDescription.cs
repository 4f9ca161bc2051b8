using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>A PCI root bridge; with <see cref="Cxl"/>, a CXL host bridge (ACPI0016).</summary>
public sealed record HostBridgeDescription
{
    /// <summary>ACPI <c>_UID</c>: the CHBS UID, the CFMWS target, the id of the dport below root0.</summary>
    public required uint Uid { get; init; }

    public required byte Bus { get; init; }

    /// <summary>The last bus below it, as <c>_CRS</c> tells.</summary>
    public required byte LastBus { get; init; }

    /// <summary><c>_SEG</c>; hardware has the one segment 0, whatever the table says.</summary>
    public ushort Segment { get; init; }

    /// <summary><c>_PXM</c>; null: there is none.</summary>
    public uint? ProximityDomain { get; init; }

    /// <summary>Null for a plain PCIe root bridge.</summary>
    public required CxlHostBridgeDescription? Cxl { get; init; }

    /// <summary>Address ranges that the bridge forwards to its devices, as <c>_CRS</c> tells. Empty: firmware carves them out.</summary>
    public required IReadOnlyList<AddressRange> Mmio { get; init; }

    public required IReadOnlyList<RootPortDescription> RootPorts { get; init; }

    /// <summary>Other functions on its root bus.</summary>
    public required IReadOnlyList<PciFunctionDescription> Functions { get; init; }
}
