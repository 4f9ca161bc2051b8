using CxlSim.Core;
using CxlSim.Platform.Reading;
using CxlSim.Spec.Acpi;

namespace CxlSim.Platform.Writing;

/// <summary>Writes records of <c>hmat:</c> that are stated field by field, and what they say of caches.</summary>
internal static class HmatRecordWriter
{
    public static string Write(HmatRecordDescription record) => (record switch
    {
        HmatProximityDescription proximity => new FlowMapping().Add("proximity", Proximity(proximity).ToString()),
        HmatLocalityDescription locality => new FlowMapping().Add("locality", Locality(locality).ToString()),
        HmatCacheDescription cache => new FlowMapping().Add("cache", Cache(cache).ToString()),
        HmatRawDescription raw => new FlowMapping().Add("raw", ScalarText.Bytes(raw.Bytes)),
        _ => throw new SimulatorBugException("a known kind of HMAT record"),
    }).ToString();

    public static FlowMapping CacheAttributes(FlowMapping mapping, uint attributes) => mapping
        .Number("levels", (attributes >> HmatCache.TotalLevelsShift) & HmatCache.FieldMask)
        .Number("level", (attributes >> HmatCache.LevelShift) & HmatCache.FieldMask)
        .Number("associativity", (attributes >> HmatCache.AssociativityShift) & HmatCache.FieldMask)
        .Number("write_policy", (attributes >> HmatCache.WritePolicyShift) & HmatCache.FieldMask)
        .Number("line_size", attributes >> HmatCache.LineSizeShift);

    private static FlowMapping Proximity(HmatProximityDescription record) => new FlowMapping()
        .Number("memory", record.Memory)
        .Number("initiator", record.Initiator)
        .Add("initiator_valid", "false", (record.Flags & HmatProximity.FlagInitiatorValid) == 0)
        .Flag("memory_valid", (record.Flags & HmatProximity.FlagMemoryValid) != 0);

    private static FlowMapping Locality(HmatLocalityDescription record) => new FlowMapping()
        .Add("data_type", ScalarText.Word(record.DataType, HmatRecordReader.DataTypes))
        .Number("base_unit", record.BaseUnit)
        .Add("initiators", ScalarText.List(record.Initiators.Select(domain => ScalarText.Of(domain))))
        .Add("targets", ScalarText.List(record.Targets.Select(domain => ScalarText.Of(domain))))
        .Add("entries", ScalarText.List(record.Entries.Select(row => ScalarText.List(row.Select(entry => ScalarText.Of(entry))))))
        .Number("hierarchy", (uint)record.Flags & HmatLocality.HierarchyMask, 0)
        .Flag("minimum_transfer", (record.Flags & HmatLocality.FlagMinimumTransfer) != 0)
        .Number("minimum_transfer_size", record.MinimumTransfer, 0)
        .Flag("non_sequential", (record.Flags & HmatLocality.FlagNonSequential) != 0);

    private static FlowMapping Cache(HmatCacheDescription record) => CacheAttributes(
        new FlowMapping()
            .Number("memory", record.Memory)
            .Add("size", ScalarText.Of(new ByteSize(record.Size)))
            .Number("address_mode", record.AddressMode, 0)
            .Add("smbios_handles", ScalarText.List(record.SmbiosHandles.Select(handle => ScalarText.Of(handle))), record.SmbiosHandles.Count > 0),
        record.Attributes);
}
