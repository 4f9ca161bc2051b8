using System.Buffers.Binary;
using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What the trace events of all event records begin with, and which of them a record is (<c>drivers/cxl/core/trace.h</c>, <c>cxl_event_trace_record</c>).</summary>
internal static class CxlEventTrace
{
    /// <summary>Of the recorded format of each event.</summary>
    public static readonly IReadOnlyList<TraceField> HeaderFields =
    [
        new(TraceField.Text, "memdev", 8, 4),
        new(TraceField.Text, "host", 12, 4),
        new("int", "log", 16, 4, IsSigned: true),
        new("uuid_t", "hdr_uuid", 20, 16),
        new("u64", "serial", 40, 8),
        new("u32", "hdr_flags", 48, 4),
        new("u16", "hdr_handle", 52, 2),
        new("u16", "hdr_related_handle", 54, 2),
        new("u64", "hdr_timestamp", 56, 8),
        new("u8", "hdr_length", 64, 1),
        new("u8", "hdr_maint_op_class", 65, 1),
    ];

    /// <summary>All events of records.</summary>
    public static readonly IReadOnlyList<TraceEvent> Events = [CxlMemoryModuleTrace.Event, CxlDramTrace.Event, CxlGeneralMediaTrace.Event, CxlGenericTrace.Event];

    public static void Emit(Tracing tracing, CxlMemdev memdev, EventLogKind log, byte[] record, TraceTask thread)
    {
        Guid kind = new(record.AsSpan(0, 16), bigEndian: true);
        if (kind == EventRecord.MemoryModule)
        {
            CxlMemoryModuleTrace.Emit(tracing, memdev, log, record, thread);
            return;
        }

        bool isMedia = kind == EventRecord.GeneralMedia;
        if (!isMedia && kind != EventRecord.Dram)
        {
            CxlGenericTrace.Emit(tracing, memdev, log, record, thread);
            return;
        }

        // The kernel works the address out only where somebody listens.
        if (!tracing.IsEnabled(CxlGeneralMediaTrace.Event) && !tracing.IsEnabled(CxlDramTrace.Event))
        {
            return;
        }

        Dpa dpa = new(BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(EventRecord.AddressOffset)) & ~EventRecord.AddressFlags);
        CxlRegion? region = memdev.Poison.FindRegion(dpa);
        Action<Tracing, CxlMemdev, EventLogKind, byte[], CxlRegion?, TraceTask> emit = isMedia ? CxlGeneralMediaTrace.Emit : CxlDramTrace.Emit;
        emit(tracing, memdev, log, record, region, thread);
    }

    /// <summary>Reports an event: the head of the line, what the kind adds to it, and both in binary.</summary>
    public static void Report(
        Tracing tracing, TraceEvent kind, CxlMemdev memdev, EventLogKind log, byte[] record, TraceTask thread, string text, Action<TraceRecordBytes> fill)
    {
        uint flags = U24(record, EventRecord.FlagsOffset);
        ushort handle = BitConverter.ToUInt16(record, EventRecord.HandleOffset);
        ushort related = BitConverter.ToUInt16(record, EventRecord.RelatedHandleOffset);
        ulong time = BitConverter.ToUInt64(record, EventRecord.TimestampOffset);
        byte length = record[EventRecord.LengthOffset];
        byte maintenance = record[EventRecord.MaintenanceClassOffset];
        string flagText = TraceFlags.Flags(
            flags, " | ", (2, "PERMANENT_CONDITION"), (3, "MAINTENANCE_NEEDED"), (4, "PERFORMANCE_DEGRADED"), (5, "HARDWARE_REPLACEMENT_NEEDED"));
        string head = string.Create(
            CultureInfo.InvariantCulture,
            $"memdev={memdev.Name} host={memdev.Host.Name} serial={memdev.Serial} log={log} : time={time} uuid={Uuid(record)} len={length} flags='{flagText}' "
                + $"handle={handle:x} related_handle={related:x} maint_op_class={maintenance} : ");
        tracing.Emit(kind, thread, head + text, bytes =>
        {
            bytes
                .Text("memdev", memdev.Name).Text("host", memdev.Host.Name).Number("log", (ulong)log).Bytes("hdr_uuid", record.AsSpan(0, 16))
                .Number("serial", memdev.Serial).Number("hdr_flags", flags).Number("hdr_handle", handle).Number("hdr_related_handle", related)
                .Number("hdr_timestamp", time).Number("hdr_length", length).Number("hdr_maint_op_class", maintenance);
            fill(bytes);
        });
    }

    /// <summary>The end of a line about a place in memory.</summary>
    public static string Place(CxlMemdev memdev, byte[] record, CxlRegion? region) =>
        string.Create(CultureInfo.InvariantCulture, $"hpa={HpaOf(memdev, record, region):x} region={region?.Name} region_uuid={region?.Uuid ?? Guid.Empty.ToString()}");

    /// <summary>The same, in binary.</summary>
    public static void FillPlace(TraceRecordBytes bytes, CxlMemdev memdev, byte[] record, CxlRegion? region) => bytes
        .Number("dpa", Address(record) & ~EventRecord.AddressFlags).Number("dpa_flags", Address(record) & EventRecord.AddressFlags)
        .Number("hpa", HpaOf(memdev, record, region)).Bytes("region_uuid", new Guid(region?.Uuid ?? Guid.Empty.ToString()).ToByteArray(bigEndian: true))
        .Text("region_name", region?.Name ?? string.Empty);

    public static uint U24(byte[] record, int offset) => (uint)(record[offset] | (record[offset + 1] << 8) | (record[offset + 2] << 16));

    public static ulong Address(byte[] record) => BitConverter.ToUInt64(record, EventRecord.AddressOffset);

    /// <summary>What a line about a place in memory begins with.</summary>
    public static string AddressText(byte[] record)
    {
        string flags = TraceFlags.Flags((uint)(Address(record) & EventRecord.AddressFlags), "|", (0, "VOLATILE"), (1, "NOT_REPAIRABLE"));
        string descriptor = TraceFlags.Flags(
            record[EventRecord.DescriptorOffset], "|", (0, "UNCORRECTABLE_EVENT"), (1, "THRESHOLD_EVENT"), (2, "POISON_LIST_OVERFLOW"));
        return string.Create(CultureInfo.InvariantCulture, $"dpa={Address(record) & ~EventRecord.AddressFlags:x} dpa_flags='{flags}' descriptor='{descriptor}'");
    }

    public static string Transaction(byte[] record) => TraceFlags.Symbol(
        record[EventRecord.TransactionTypeOffset],
        "Unknown", "Host Read", "Host Write", "Host Scan Media", "Host Inject Poison", "Internal Media Scrub", "Internal Media Management");

    private static ulong HpaOf(CxlMemdev memdev, byte[] record, CxlRegion? region) =>
        region?.ToHpa(memdev, new Dpa(Address(record) & ~EventRecord.AddressFlags))?.Value ?? ulong.MaxValue;

    private static Guid Uuid(byte[] record) => new(record.AsSpan(0, 16), bigEndian: true);
}
