namespace CxlSim.Platform;

/// <summary>DRAM, and what firmware says of it.</summary>
public sealed record MemoryDescription
{
    /// <summary>CPUs of a machine; more than 255 have x2APIC ids.</summary>
    public const int MostCpus = 2048;

    public required IReadOnlyList<DramNodeDescription> Nodes { get; init; }

    /// <summary>The EFI memory map in the order of its entries, sorted by address.</summary>
    public required IReadOnlyList<EfiEntryDescription> Efi { get; init; }

    /// <summary>SRAT records in the order of the table; null: firmware writes no SRAT.</summary>
    public required IReadOnlyList<SratEntryDescription>? Srat { get; init; }

    /// <summary>MADT records in the order of the table; null: derived from the nodes' CPUs.</summary>
    public IReadOnlyList<MadtEntryDescription>? Madt { get; init; }

    /// <summary>Tables derived from the nodes name CPUs by x2APIC ids.</summary>
    public bool IsX2Apic { get; init; }

    /// <summary>The SLIT as it was stated; null where <see cref="Distances"/> say all.</summary>
    public SlitDescription? Slit { get; init; }

    /// <summary>Entries of the SLIT; none, and no <see cref="Slit"/>: firmware writes no SLIT.</summary>
    public required IReadOnlyList<DistanceDescription> Distances { get; init; }

    /// <summary>Entries of the HMAT, from which records are made; none of them and no <see cref="HmatRecords"/>: firmware writes no HMAT.</summary>
    public required IReadOnlyList<HmatEntryDescription> Hmat { get; init; }

    /// <summary>Records of the HMAT as they were stated; where there are some, none is made of domains alone.</summary>
    public IReadOnlyList<HmatRecordDescription> HmatRecords { get; init; } = [];
}
