namespace CxlSim.Platform;

/// <summary>A record of the HMAT that the file states field by field.</summary>
public abstract record HmatRecordDescription;

/// <summary>Memory proximity domain attributes (ACPI 6.5 5.2.27.3).</summary>
public sealed record HmatProximityDescription(uint Memory, uint Initiator, ushort Flags) : HmatRecordDescription;

/// <summary>Latencies or bandwidths (ACPI 6.5 5.2.27.4). The lists and the matrix are written as they stand, whatever their sizes.</summary>
public sealed record HmatLocalityDescription : HmatRecordDescription
{
    /// <summary>Bits 3:0 hierarchy, bit 4 minimum transfer size, bit 5 non-sequential.</summary>
    public required byte Flags { get; init; }

    /// <summary>0 to 2 access, read, write latency; 3 to 5 bandwidth.</summary>
    public required byte DataType { get; init; }

    public required byte MinimumTransfer { get; init; }

    /// <summary>Picoseconds or MB/s.</summary>
    public required ulong BaseUnit { get; init; }

    public required IReadOnlyList<uint> Initiators { get; init; }

    public required IReadOnlyList<uint> Targets { get; init; }

    /// <summary>A row per initiator.</summary>
    public required IReadOnlyList<IReadOnlyList<ushort>> Entries { get; init; }
}

/// <summary>A memory-side cache (ACPI 6.5 5.2.27.5).</summary>
public sealed record HmatCacheDescription : HmatRecordDescription
{
    public required uint Memory { get; init; }

    /// <summary>Bytes.</summary>
    public required ulong Size { get; init; }

    /// <summary>Levels, associativity, write policy, line size in one number.</summary>
    public required uint Attributes { get; init; }

    public required ushort AddressMode { get; init; }

    public required IReadOnlyList<ushort> SmbiosHandles { get; init; }
}

/// <summary>A record as bytes, its type and length included.</summary>
public sealed record HmatRawDescription(IReadOnlyList<byte> Bytes) : HmatRecordDescription;
