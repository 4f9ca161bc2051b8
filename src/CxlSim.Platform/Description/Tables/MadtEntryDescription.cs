namespace CxlSim.Platform;

/// <summary>A record of the MADT (ACPI 6.5 5.2.12).</summary>
public abstract record MadtEntryDescription;

/// <summary>A CPU by its APIC id.</summary>
public sealed record MadtApicDescription(byte Uid, byte ApicId, uint Flags) : MadtEntryDescription;

/// <summary>A CPU by its x2APIC id.</summary>
public sealed record MadtX2ApicDescription(uint Uid, uint X2ApicId, uint Flags) : MadtEntryDescription;

public sealed record MadtIoApicDescription(byte Id, uint Address, uint InterruptBase) : MadtEntryDescription;

/// <summary>A record as bytes, its type and length included.</summary>
public sealed record MadtRawDescription(IReadOnlyList<byte> Bytes) : MadtEntryDescription;
