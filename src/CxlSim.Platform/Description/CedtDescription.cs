namespace CxlSim.Platform;

/// <summary>What the CEDT holds beside host bridges and windows, and in which order (CXL r3.1 9.18.1).</summary>
public sealed record CedtDescription
{
    /// <summary>Kinds of record in the order of the table.</summary>
    public required IReadOnlyList<CedtRecordKind> Order { get; init; }

    /// <summary>Null: derived from the windows of XOR arithmetic.</summary>
    public required IReadOnlyList<CximsDescription>? Cxims { get; init; }

    public required IReadOnlyList<RdpasDescription> Rdpas { get; init; }

    /// <summary>Capabilities of the CSDS; null: there is none.</summary>
    public required ushort? Csds { get; init; }

    /// <summary>Records as bytes, their types and lengths included.</summary>
    public required IReadOnlyList<CedtRawDescription> Raw { get; init; }
}

/// <summary>Maps for the XOR windows of a granularity (CXL r3.1 9.18.1.4).</summary>
/// <param name="EncodedGranularity">HBIG.</param>
/// <param name="MapCount">What the record says of the number of its maps.</param>
/// <param name="Maps">The maps.</param>
public sealed record CximsDescription(byte EncodedGranularity, byte MapCount, IReadOnlyList<ulong> Maps);

/// <summary>Which downstream port reports to which event collector (CXL r3.1 9.18.1.5).</summary>
/// <param name="Segment">PCI segment of the collector.</param>
/// <param name="Bdf">Of the collector: bus 15:8, device 7:3, function 2:0.</param>
/// <param name="Address">Of an RCRB, or of component registers.</param>
/// <param name="Protocol">0 CXL.io, 1 CXL.cache or CXL.mem.</param>
public sealed record RdpasDescription(ushort Segment, ushort Bdf, ulong Address, byte Protocol);

/// <summary>A record as bytes.</summary>
public sealed record CedtRawDescription(IReadOnlyList<byte> Bytes);
