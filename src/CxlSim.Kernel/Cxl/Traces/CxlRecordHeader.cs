using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What the trace events of all event records begin with (<c>drivers/cxl/core/trace.h</c>, CXL_EVT_TP_entry and CXL_EVT_TP_printk).</summary>
internal static class CxlRecordHeader
{
    public static readonly IReadOnlyList<CxlRecordField> Fields =
    [
        new("memdev", r => r.Memdev.Name),
        new("host", r => r.Memdev.Host),
        new("int", "log", r => (ulong)r.Log),
        new("uuid_t", "hdr_uuid", 0),
        new("u64", "serial", r => r.Memdev.Serial),
        new("u32", "hdr_flags", EventRecord.FlagsOffset, 3),
        new("u16", "hdr_handle", EventRecord.HandleOffset),
        new("u16", "hdr_related_handle", EventRecord.RelatedHandleOffset),
        new("u64", "hdr_timestamp", EventRecord.TimestampOffset),
        new("u8", "hdr_length", EventRecord.LengthOffset),
        new("u8", "hdr_maint_op_class", EventRecord.MaintenanceClassOffset),
        new("u8", "hdr_maint_op_sub_class", EventRecord.MaintenanceSubClassOffset) { Since = KernelChange.TracesOfCxl31 },
        new("u16", "hdr_ld_id", EventRecord.LdIdOffset) { Since = KernelChange.TracesOfCxl32 },
        new("u8", "hdr_head_id", EventRecord.HeadIdOffset) { Since = KernelChange.TracesOfCxl32 },
    ];

    public static readonly IReadOnlyList<CxlRecordWord> Words =
    [
        new("memdev", r => r.Memdev.Name),
        new("host", r => r.Memdev.Host),
        new("serial", r => r.Memdev.Serial),
        new("log", r => $"{r.Log} :"),
        new("time", r => BitConverter.ToUInt64(r.Bytes, EventRecord.TimestampOffset)),
        new("uuid", r => new Guid(r.Bytes.AsSpan(0, 16), bigEndian: true).ToString()),
        new("len", r => r.U8(EventRecord.LengthOffset)),
        CxlRecordWord.Quoted("flags", r => TraceFlags.Flags(r.U24(EventRecord.FlagsOffset), " | ", FlagsIn(r.Config))),
        new("handle", r => $"{r.U16(EventRecord.HandleOffset):x}"),
        new("related_handle", r => $"{r.U16(EventRecord.RelatedHandleOffset):x}"),
        new("maint_op_class", r => r.U8(EventRecord.MaintenanceClassOffset)),
        new("maint_op_sub_class", r => r.U8(EventRecord.MaintenanceSubClassOffset)) { Since = KernelChange.TracesOfCxl31 },
        new("ld_id", r => $"{r.U16(EventRecord.LdIdOffset):x}") { Since = KernelChange.TracesOfCxl32 },
        new("head_id", r => $"{r.U8(EventRecord.HeadIdOffset):x}") { Since = KernelChange.TracesOfCxl32 },
    ];

    private static readonly (int Bit, string Word)[] Flags =
    [
        (2, "PERMANENT_CONDITION"), (3, "MAINTENANCE_NEEDED"), (4, "PERFORMANCE_DEGRADED"), (5, "HARDWARE_REPLACEMENT_NEEDED"),
        (6, "MAINT_OP_SUB_CLASS_VALID"), (7, "LD_ID_VALID"), (8, "HEAD_ID_VALID"),
    ];

    private static (int Bit, string Word)[] FlagsIn(KernelConfig config) =>
        config.Has(KernelChange.TracesOfCxl32) ? Flags : config.Has(KernelChange.TracesOfCxl31) ? Flags[..5] : Flags[..4];
}
