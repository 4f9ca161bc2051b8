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
