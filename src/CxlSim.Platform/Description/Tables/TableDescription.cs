namespace CxlSim.Platform;

/// <summary>What is said of an ACPI table as a whole: its header's fields (ACPI 6.5 5.2.6), or all its bytes. Null: not said.</summary>
public sealed record TableDescription
{
    /// <summary>The whole table as a file holds it, in place of what firmware would write.</summary>
    public ReadOnlyMemory<byte>? Raw { get; init; }

    /// <summary>Tables of the same signature behind it, each whole: a machine has many SSDTs.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Further { get; init; } = [];

    public byte? Revision { get; init; }

    public string? OemId { get; init; }

    public string? OemTableId { get; init; }

    public uint? OemRevision { get; init; }

    public string? CreatorId { get; init; }

    public uint? CreatorRevision { get; init; }

    /// <summary>Of the SRAT's fixed part.</summary>
    public uint? TableRevision { get; init; }

    /// <summary>Of the MADT's fixed part.</summary>
    public uint? LocalApicAddress { get; init; }

    /// <summary>Of the MADT's fixed part.</summary>
    public uint? Flags { get; init; }

    /// <summary>Numbers that RSDP, FACP, MCFG and HPET have beside, by their keys.</summary>
    public IReadOnlyDictionary<string, ulong> Fields { get; init; } = new Dictionary<string, ulong>();

    /// <summary>Registers of FACP and HPET, by their keys.</summary>
    public IReadOnlyDictionary<string, GenericAddressDescription> Registers { get; init; } = new Dictionary<string, GenericAddressDescription>();

    /// <summary>Of the XSDT; null where it leads to all tables.</summary>
    public IReadOnlyList<XsdtEntryDescription>? Entries { get; init; }

    /// <summary>Of the MCFG; null where they are the board's.</summary>
    public IReadOnlyList<McfgAllocationDescription>? Allocations { get; init; }

    /// <summary>In place of the number of its bytes.</summary>
    public uint? Length { get; init; }

    /// <summary>In place of what makes all bytes add up to zero.</summary>
    public byte? Checksum { get; init; }
}
