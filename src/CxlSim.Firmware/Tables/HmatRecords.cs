using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Writes records of the HMAT as the file states them (ACPI 6.5 5.2.27).</summary>
internal static class HmatRecords
{
    private static readonly FieldOrigin[] ProximityFields =
    [
        new(nameof(HmatProximity.Flags), "initiator_valid", "valid where an initiator is said") { OtherKeys = ["memory_valid", "initiator"] },
        new(nameof(HmatProximity.Initiator), "initiator", "0"),
        new(nameof(HmatProximity.Memory), "memory", string.Empty),
    ];

    private static readonly FieldOrigin[] LocalityFields =
    [
        new(nameof(HmatLocality.Flags), "hierarchy", "memory") { OtherKeys = ["minimum_transfer", "non_sequential"] },
        new(nameof(HmatLocality.DataType), "data_type", string.Empty),
        new(nameof(HmatLocality.MinimumTransfer), "minimum_transfer_size", "0"),
        new(nameof(HmatLocality.Initiators), "initiators", string.Empty),
        new(nameof(HmatLocality.Targets), "targets", string.Empty),
        new(nameof(HmatLocality.BaseUnit), "base_unit", string.Empty),
    ];

    private static readonly FieldOrigin[] CacheFields =
    [
        new(nameof(HmatCache.MemoryDomain), "memory", string.Empty),
        new(nameof(HmatCache.CacheSize), "size", string.Empty),
        new(nameof(HmatCache.Attributes), "levels", "one level, direct mapped, write back, lines of 64 bytes")
        {
            OtherKeys = ["level", "associativity", "write_policy", "line_size"],
        },
        new(nameof(HmatCache.AddressMode), "address_mode", "unknown"),
        new(nameof(HmatCache.SmbiosHandles), "smbios_handles", "none"),
    ];

    public static void Append(AcpiTable table, HmatRecordDescription record)
    {
        switch (record)
        {
            case HmatProximityDescription proximity:
                AppendProximity(table, proximity);
                break;
            case HmatLocalityDescription locality:
                AppendLocality(table, locality);
                break;
            case HmatCacheDescription cache:
                AppendCache(table, cache);
                break;
            case HmatRawDescription raw:
                table.AppendRaw(raw.Bytes, raw);
                break;
            default:
                throw new SimulatorBugException("a known kind of HMAT record");
        }
    }

    private static void AppendProximity(AcpiTable table, HmatProximityDescription proximity)
    {
        HmatProximity record = new()
        {
            Type = HmatProximity.TypeId,
            Length = (uint)HmatProximity.SpecSize,
            Flags = proximity.Flags,
            Initiator = proximity.Initiator,
            Memory = proximity.Memory,
        };
        table.Append(record, proximity, null, ProximityFields);
    }

    private static void AppendLocality(AcpiTable table, HmatLocalityDescription locality)
    {
        List<ListItem> list =
        [
            .. locality.Initiators.Select((domain, i) => new ListItem(BitConverter.GetBytes(domain), null, "initiators", i, string.Empty)),
            .. locality.Targets.Select((domain, i) => new ListItem(BitConverter.GetBytes(domain), null, "targets", i, string.Empty)),
            .. locality.Entries.SelectMany((row, i) => row.Select(entry => new ListItem(BitConverter.GetBytes(entry), null, "entries", i, string.Empty))),
        ];
        HmatLocality record = new()
        {
            Type = HmatLocality.TypeId,
            Length = (uint)(HmatLocality.SpecSize + list.Sum(item => item.Bytes.Length)),
            Flags = locality.Flags,
            DataType = locality.DataType,
            MinimumTransfer = locality.MinimumTransfer,
            Initiators = (uint)locality.Initiators.Count,
            Targets = (uint)locality.Targets.Count,
            BaseUnit = locality.BaseUnit,
        };
        table.Append(record, locality, null, LocalityFields, list);
    }

    private static void AppendCache(AcpiTable table, HmatCacheDescription cache)
    {
        HmatCache record = new()
        {
            Type = HmatCache.TypeId,
            Length = (uint)(HmatCache.SpecSize + (sizeof(ushort) * cache.SmbiosHandles.Count)),
            MemoryDomain = cache.Memory,
            CacheSize = cache.Size,
            Attributes = cache.Attributes,
            AddressMode = cache.AddressMode,
            SmbiosHandles = Bits.Low16((uint)cache.SmbiosHandles.Count),
        };
        table.Append(record, cache, null, CacheFields, cache.SmbiosHandles.Select((handle, i) => new ListItem(BitConverter.GetBytes(handle), null, "smbios_handles", i, string.Empty)));
    }
}
