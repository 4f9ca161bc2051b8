using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_generic_event</c>: a record of a kind that the driver does not know (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlGenericTrace
{
    public static readonly TraceEvent Event = new("cxl", "cxl_generic_event", 1298, [.. CxlEventTrace.HeaderFields, new("u8[80]", "data", 66, 80)]);

    public static void Emit(Tracing tracing, CxlMemdev memdev, EventLogKind log, byte[] record, TraceTask thread)
    {
        byte[] data = record[EventRecord.HeaderSize..];
        CxlEventTrace.Report(tracing, Event, memdev, log, record, thread, TraceFlags.Hex(data), bytes => bytes.Bytes("data", data));
    }
}
