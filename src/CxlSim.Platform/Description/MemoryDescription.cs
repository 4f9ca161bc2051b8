namespace CxlSim.Platform;

/// <summary>DRAM, and what firmware says of it.</summary>
public sealed record MemoryDescription
{
    public required IReadOnlyList<DramNodeDescription> Nodes { get; init; }

    /// <summary>The EFI memory map in the order of its entries, sorted by address.</summary>
    public required IReadOnlyList<EfiEntryDescription> Efi { get; init; }

    /// <summary>SRAT records in the order of the table; null: firmware writes no SRAT.</summary>
    public required IReadOnlyList<SratEntryDescription>? Srat { get; init; }

    /// <summary>Entries of the SLIT; none: firmware writes no SLIT.</summary>
    public required IReadOnlyList<DistanceDescription> Distances { get; init; }

    /// <summary>Entries of the HMAT; none: firmware writes no HMAT.</summary>
    public required IReadOnlyList<HmatEntryDescription> Hmat { get; init; }
}
