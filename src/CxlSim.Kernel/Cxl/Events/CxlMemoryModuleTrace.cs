using System.Globalization;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_memory_module</c> (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlMemoryModuleTrace
{
    public static readonly TraceEvent Event = new("cxl", "cxl_memory_module", 1295,
    [
        .. CxlEventTrace.HeaderFields,
        new("u8", "event_type", 66, 1),
        new("u8", "health_status", 67, 1),
        new("u8", "media_status", 68, 1),
        new("u8", "life_used", 69, 1),
        new("u32", "dirty_shutdown_cnt", 72, 4),
        new("u32", "cor_vol_err_cnt", 76, 4),
        new("u32", "cor_per_err_cnt", 80, 4),
        new("s16", "device_temp", 84, 2, IsSigned: true),
        new("u8", "add_status", 86, 1),
    ]);

    public static void Emit(Tracing tracing, CxlMemdev memdev, EventLogKind log, byte[] record, TraceTask thread)
    {
        byte type = record[EventRecord.ModuleTypeOffset];
        BinaryLayout.TryRead(record.AsSpan(EventRecord.ModuleHealthOffset), out HealthInfo health);
        string happened = TraceFlags.Symbol(
            type, "Health Status Change", "Media Status Change", "Life Used Change", "Temperature Change", "Data Path Error", "LSA Error");
        string status = TraceFlags.Flags(health.HealthStatus, "|", (0, "MAINTENANCE_NEEDED"), (1, "PERFORMANCE_DEGRADED"), (2, "REPLACEMENT_NEEDED"));
        string media = TraceFlags.Symbol(
            health.MediaStatus,
            "Normal", "Not Ready", "Write Persistency Lost", "All Data Lost", "Write Persistency Loss in the Event of Power Loss",
            "Write Persistency Loss in Event of Shutdown", "Write Persistency Loss Imminent", "All Data Loss in Event of Power Loss",
            "All Data loss in the Event of Shutdown", "All Data Loss Imminent");
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"event_type='{happened}' health_status='{status}' media_status='{media}' as_life_used={Grade(health.AdditionalStatus & 3)} "
                + $"as_dev_temp={Grade((health.AdditionalStatus >> 2) & 3)} as_cor_vol_err_cnt={Grade((health.AdditionalStatus >> 4) & 1)} "
                + $"as_cor_per_err_cnt={Grade((health.AdditionalStatus >> 5) & 1)} life_used={health.LifeUsed} device_temp={health.Temperature} "
                + $"dirty_shutdown_cnt={health.DirtyShutdowns} cor_vol_err_cnt={health.CorrectedVolatileErrors} cor_per_err_cnt={health.CorrectedPersistentErrors}");
        CxlEventTrace.Report(tracing, Event, memdev, log, record, thread, text, bytes => bytes
            .Number("event_type", type).Number("health_status", health.HealthStatus).Number("media_status", health.MediaStatus).Number("life_used", health.LifeUsed)
            .Number("dirty_shutdown_cnt", health.DirtyShutdowns).Number("cor_vol_err_cnt", health.CorrectedVolatileErrors)
            .Number("cor_per_err_cnt", health.CorrectedPersistentErrors).Number("device_temp", unchecked((ushort)health.Temperature))
            .Number("add_status", health.AdditionalStatus));
    }

    private static string Grade(int value) => TraceFlags.Symbol((uint)value, "Normal", "Warning", "Critical");
}
