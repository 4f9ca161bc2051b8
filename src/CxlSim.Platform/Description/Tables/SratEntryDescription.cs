using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>One record of the SRAT: what belongs to a proximity domain.</summary>
public abstract record SratEntryDescription(uint ProximityDomain);

/// <summary>A CPU by its APIC id (ACPI 6.5 5.2.16.1).</summary>
public sealed record SratCpuDescription(uint ProximityDomain, byte ApicId) : SratEntryDescription(ProximityDomain)
{
    public bool Enabled { get; init; } = true;

    public byte SapicEid { get; init; }

    public uint ClockDomain { get; init; }
}

/// <summary>A CPU by its x2APIC id (ACPI 6.5 5.2.16.3).</summary>
public sealed record SratX2ApicDescription(uint ProximityDomain, uint X2ApicId) : SratEntryDescription(ProximityDomain)
{
    public bool Enabled { get; init; } = true;

    public uint ClockDomain { get; init; }
}

/// <summary>A memory range (ACPI 6.5 5.2.16.2). Base and length are what the table says, sound or not.</summary>
public sealed record SratMemoryDescription(uint ProximityDomain, ulong Base, ulong Length) : SratEntryDescription(ProximityDomain)
{
    public SratMemoryDescription(uint proximityDomain, AddressRange range, bool hotPluggable)
        : this(proximityDomain, range.Start.Value, range.Size.Bytes) => HotPluggable = hotPluggable;

    public bool Enabled { get; init; } = true;

    public bool HotPluggable { get; init; }

    public bool NonVolatile { get; init; }

    public bool SpecificPurpose { get; init; }
}

/// <summary>A generic initiator or port (ACPI 6.5 5.2.16.6, 5.2.16.7): a device that accesses memory, or where CPUs end and a host bridge begins.</summary>
public sealed record SratGenericDescription(uint ProximityDomain, bool IsPort, DeviceHandleDescription Handle) : SratEntryDescription(ProximityDomain)
{
    public bool Enabled { get; init; } = true;

    public bool ArchitecturalTransactions { get; init; }
}

/// <summary>A record as bytes, its type and length included.</summary>
public sealed record SratRawDescription(IReadOnlyList<byte> Bytes) : SratEntryDescription(0);
