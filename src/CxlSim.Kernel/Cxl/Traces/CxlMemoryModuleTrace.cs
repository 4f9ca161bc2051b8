using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_memory_module</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlMemoryModuleTrace
{
    private const KernelChange Cxl31 = KernelChange.TracesOfCxl31;

    private static readonly string[] Types =
    [
        "Health Status Change", "Media Status Change", "Life Used Change", "Temperature Change", "Data Path Error", "LSA Error",
        "Unrecoverable Internal Sideband Bus Error", "Memory Media FRU Error", "Power Management Fault",
    ];

    private static readonly string[] SubTypes = ["Not Reported", "Invalid Config Data", "Unsupported Config Data", "Unsupported Memory Media FRU"];

    private static readonly (int Bit, string Word)[] HealthFlags =
        [(0, "MAINTENANCE_NEEDED"), (1, "PERFORMANCE_DEGRADED"), (2, "REPLACEMENT_NEEDED"), (3, "MEM_CAPACITY_DEGRADED")];

    private static readonly string[] MediaStates =
    [
        "Normal", "Not Ready", "Write Persistency Lost", "All Data Lost", "Write Persistency Loss in the Event of Power Loss",
        "Write Persistency Loss in Event of Shutdown", "Write Persistency Loss Imminent", "All Data Loss in Event of Power Loss",
        "All Data loss in the Event of Shutdown", "All Data Loss Imminent",
    ];

    public static readonly CxlRecordKind Kind = new(
        "cxl_memory_module",
        [
            new("u8", "event_type", EventRecord.ModuleTypeOffset),
            new("u8", "health_status", r => Health(r).HealthStatus),
            new("u8", "media_status", r => Health(r).MediaStatus),
            new("u8", "life_used", r => Health(r).LifeUsed),
            new("u32", "dirty_shutdown_cnt", r => Health(r).DirtyShutdowns),
            new("u32", "cor_vol_err_cnt", r => Health(r).CorrectedVolatileErrors),
            new("u32", "cor_per_err_cnt", r => Health(r).CorrectedPersistentErrors),
            new("s16", "device_temp", r => unchecked((ushort)Health(r).Temperature)),
            new("u8", "add_status", r => Health(r).AdditionalStatus),
            new("u8", "event_sub_type", EventRecord.ModuleSubTypeOffset) { Since = Cxl31 },
            new("u8[16]", "comp_id", EventRecord.ModuleComponentOffset) { Since = Cxl31 },
            new("u16", "validity_flags", EventRecord.ModuleValidityOffset) { Since = Cxl31 },
        ],
        [
            CxlRecordWord.Quoted("event_type", r => r.Symbol(EventRecord.ModuleTypeOffset, Types, 6)),
            CxlRecordWord.Quoted("event_sub_type", r => r.Symbol(EventRecord.ModuleSubTypeOffset, SubTypes)) with { Since = Cxl31 },
            CxlRecordWord.Quoted("health_status", r => TraceFlags.Flags(Health(r).HealthStatus, "|", r.Known(HealthFlags, 3))),
            CxlRecordWord.Quoted("media_status", r => TraceFlags.Symbol(Health(r).MediaStatus, MediaStates)),
            new("as_life_used", r => Grade(Health(r).AdditionalStatus & 3)),
            new("as_dev_temp", r => Grade((Health(r).AdditionalStatus >> 2) & 3)),
            new("as_cor_vol_err_cnt", r => Grade((Health(r).AdditionalStatus >> 4) & 1)),
            new("as_cor_per_err_cnt", r => Grade((Health(r).AdditionalStatus >> 5) & 1)),
            new("life_used", r => Health(r).LifeUsed),
            new("device_temp", r => Health(r).Temperature.ToString(CultureInfo.InvariantCulture)),
            new("dirty_shutdown_cnt", r => Health(r).DirtyShutdowns),
            new("cor_vol_err_cnt", r => Health(r).CorrectedVolatileErrors),
            new("cor_per_err_cnt", r => Health(r).CorrectedPersistentErrors),
            CxlRecordWord.Quoted("validity_flags", r => TraceFlags.Flags(r.U16(EventRecord.ModuleValidityOffset), "|", (0, "COMPONENT"), (1, "COMPONENT PLDM FORMAT"))) with { Since = Cxl31 },
            .. CxlComponentTrace.Words(EventRecord.ModuleComponentOffset, EventRecord.ModuleValidityOffset, bit: 0),
        ]);

    private static HealthInfo Health(CxlTracedRecord record)
    {
        BinaryLayout.TryRead(record.Bytes.AsSpan(EventRecord.ModuleHealthOffset), out HealthInfo health);
        return health;
    }

    private static string Grade(int value) => TraceFlags.Symbol((uint)value, "Normal", "Warning", "Critical");
}
