using System.Buffers.Binary;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>An event record, and what the driver knows of it (<c>cxl_event_trace_record</c>).</summary>
/// <param name="Memdev">Who sent it.</param>
/// <param name="Config">The kernel's: newer ones know more names.</param>
/// <param name="Log">Where it was.</param>
/// <param name="Bytes">The record.</param>
/// <param name="Place">Of the byte that it tells of; null for one in no region.</param>
internal sealed record CxlTracedRecord(TracedMemdev Memdev, KernelConfig Config, EventLogKind Log, byte[] Bytes, TracedPlace? Place)
{
    public ulong Dpa => Address & ~EventRecord.AddressFlags;

    public uint DpaFlags => (uint)(Address & EventRecord.KnownAddressFlags);

    /// <summary>All ones where nothing maps it.</summary>
    public ulong Hpa => Place?.Address?.Value ?? ulong.MaxValue;

    /// <summary>The same byte of the cache that is DRAM, below; all ones where there is none.</summary>
    public ulong Alias => Place is { Cache: { IsZero: false } cache } ? unchecked(Hpa - cache.Bytes) : ulong.MaxValue;

    public string Region => Place?.Region ?? string.Empty;

    public Guid RegionUuid => Place?.Uuid ?? Guid.Empty;

    private ulong Address => BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(EventRecord.AddressOffset));

    public byte U8(int offset) => Bytes[offset];

    public ushort U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(offset));

    public uint U24(int offset) => (uint)(Bytes[offset] | (Bytes[offset + 1] << 8) | (Bytes[offset + 2] << 16));

    /// <summary>Bytes with spaces between.</summary>
    public string Hex(int offset, int length) => TraceFlags.Hex(Bytes.AsSpan(offset, length));

    /// <summary>The word of a byte.</summary>
    /// <param name="offset">Its place.</param>
    /// <param name="names">Of its values, from zero.</param>
    /// <param name="before">How many of them are known before CXL 3.1.</param>
    public string Symbol(int offset, string[] names, int before = 0) => TraceFlags.Symbol(U8(offset), Known(names, before));

    /// <summary>What a version knows of names that CXL 3.1 has.</summary>
    public T[] Known<T>(T[] names, int before) => Config.Has(KernelChange.TracesOfCxl31) ? names : names[..before];
}
