using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_generic_event</c>: a record of a kind that the driver does not know (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlGenericTrace
{
    public static readonly CxlRecordKind Kind = new(
        "cxl_generic_event",
        [new("u8[80]", "data", EventRecord.HeaderSize)],
        [new(string.Empty, r => r.Hex(EventRecord.HeaderSize, EventRecord.Size - EventRecord.HeaderSize))]);
}
