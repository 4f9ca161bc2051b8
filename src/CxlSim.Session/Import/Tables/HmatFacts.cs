using System.Runtime.InteropServices;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>The records of an HMAT (ACPI 6.5 5.2.27) in their order. What has no form of its own in the platform language is kept as bytes.</summary>
internal static class HmatFacts
{
    public static IReadOnlyList<HmatRecordDescription> Read(CapturedTable table, ImportFindings findings) =>
        [.. table.Records(HmatProximity.FirstRecord, SubtableFormat.Hmat, findings).Select(record => Record(record.Type, record.Bytes, table, findings) ?? new HmatRawDescription(record.Bytes.ToArray()))];

    private static HmatRecordDescription? Record(int type, ReadOnlyMemory<byte> bytes, CapturedTable table, ImportFindings findings) => type switch
    {
        HmatProximity.TypeId when bytes.Length == HmatProximity.SpecSize && table.TryRead(bytes, findings, out HmatProximity domains) => Proximity(domains),
        HmatLocality.TypeId when table.TryRead(bytes, findings, out HmatLocality head) => Locality(head, bytes.Span),
        HmatCache.TypeId when table.TryRead(bytes, findings, out HmatCache cache) => Cache(cache, bytes.Span),
        _ => null,
    };

    private static HmatProximityDescription? Proximity(in HmatProximity domains)
    {
        const int known = HmatProximity.FlagInitiatorValid | HmatProximity.FlagMemoryValid;
        return (domains.Flags & ~known) != 0 ? null : new HmatProximityDescription(domains.Memory, domains.Initiator, domains.Flags);
    }

    private static HmatLocalityDescription? Locality(in HmatLocality head, ReadOnlySpan<byte> bytes)
    {
        const int known = HmatLocality.HierarchyMask | HmatLocality.FlagMinimumTransfer | HmatLocality.FlagNonSequential;
        ulong needed = (ulong)HmatLocality.SpecSize + (4UL * head.Initiators) + (4UL * head.Targets) + (2UL * head.Initiators * head.Targets);
        if (needed != (ulong)bytes.Length || (head.Flags & ~known) != 0 || head.Targets == 0)
        {
            return null;
        }

        int initiators = (int)head.Initiators;
        int targets = (int)head.Targets;
        uint[] domains = MemoryMarshal.Cast<byte, uint>(bytes.Slice(HmatLocality.SpecSize, 4 * (initiators + targets))).ToArray();
        ushort[] entries = MemoryMarshal.Cast<byte, ushort>(bytes[(HmatLocality.SpecSize + (4 * (initiators + targets)))..]).ToArray();
        return new HmatLocalityDescription
        {
            Flags = head.Flags,
            DataType = head.DataType,
            MinimumTransfer = head.MinimumTransfer,
            BaseUnit = head.BaseUnit,
            Initiators = domains[..initiators],
            Targets = domains[initiators..],
            Entries = [.. entries.Chunk(targets).Select(row => (IReadOnlyList<ushort>)row)],
        };
    }

    private static HmatCacheDescription? Cache(in HmatCache cache, ReadOnlySpan<byte> bytes) =>
        bytes.Length != HmatCache.SpecSize + (2 * cache.SmbiosHandles) ? null : new HmatCacheDescription
        {
            Memory = cache.MemoryDomain,
            Size = cache.CacheSize,
            Attributes = cache.Attributes,
            AddressMode = cache.AddressMode,
            SmbiosHandles = MemoryMarshal.Cast<byte, ushort>(bytes[HmatCache.SpecSize..]).ToArray(),
        };
}
