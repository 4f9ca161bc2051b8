namespace CxlSim.Platform;

/// <summary>A record of a CDAT that the file states field by field (CDAT 1.04 2).</summary>
public abstract record CdatRecordDescription;

/// <summary>A range of device memory.</summary>
public sealed record DsmasDescription(byte Handle, byte Flags, ulong Base, ulong Length) : CdatRecordDescription;

/// <summary>Latency or bandwidth of a range. Three entries, of which software reads the first.</summary>
public sealed record DslbisDescription(byte Handle, byte Flags, byte DataType, ulong BaseUnit, IReadOnlyList<ushort> Entries) : CdatRecordDescription;

/// <summary>A cache before a range.</summary>
public sealed record DsmscisDescription(byte Handle, ulong CacheSize, uint Attributes) : CdatRecordDescription;

/// <summary>The device as an initiator.</summary>
public sealed record DsisDescription(byte Flags, byte Handle) : CdatRecordDescription;

/// <summary>What a range would be in an EFI memory map.</summary>
public sealed record DsemtsDescription(byte Handle, byte EfiType, ulong Offset, ulong Length) : CdatRecordDescription;

/// <summary>Latency or bandwidth between ports of a switch.</summary>
public sealed record SslbisDescription(byte DataType, ulong BaseUnit, IReadOnlyList<SslbisEntryDescription> Entries) : CdatRecordDescription;

/// <summary>A record as bytes, its type and length included.</summary>
public sealed record CdatRawDescription(IReadOnlyList<byte> Bytes) : CdatRecordDescription;
