using System.Globalization;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_overflow</c>: an event log lost records (<c>drivers/cxl/core/trace.h</c>).</summary>
internal static class CxlOverflowTrace
{
    public static readonly TraceEvent Event = new("cxl", "cxl_overflow", 1299,
    [
        new(TraceField.Text, "memdev", 8, 4),
        new(TraceField.Text, "host", 12, 4),
        new("int", "log", 16, 4, IsSigned: true),
        new("u64", "serial", 24, 8),
        new("u64", "first_ts", 32, 8),
        new("u64", "last_ts", 40, 8),
        new("u16", "count", 48, 2),
    ]);

    /// <param name="tracing">Takes the event.</param>
    /// <param name="memdev">Whose log it is.</param>
    /// <param name="log">Which of them.</param>
    /// <param name="answer">What Get Event Records answered.</param>
    /// <param name="thread">Who asked.</param>
    public static void Emit(Tracing tracing, CxlMemdev memdev, EventLogKind log, byte[] answer, TraceTask thread)
    {
        ushort count = BitConverter.ToUInt16(answer, EventPayloads.OverflowCountOffset);
        ulong first = BitConverter.ToUInt64(answer, EventPayloads.FirstOverflowOffset);
        ulong last = BitConverter.ToUInt64(answer, EventPayloads.LastOverflowOffset);
        tracing.Emit(
            Event,
            thread,
            string.Create(
                CultureInfo.InvariantCulture,
                $"memdev={memdev.Name} host={memdev.Host.Name} serial={memdev.Serial}: log={log} : {count} records from {first} to {last}"),
            bytes => bytes
                .Text("memdev", memdev.Name).Text("host", memdev.Host.Name).Number("log", (ulong)log).Number("serial", memdev.Serial)
                .Number("first_ts", first).Number("last_ts", last).Number("count", count));
    }
}
