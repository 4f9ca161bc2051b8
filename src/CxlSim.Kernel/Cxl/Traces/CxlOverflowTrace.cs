using System.Globalization;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace event <c>cxl_overflow</c>: an event log lost records (<c>drivers/cxl/core/trace.h</c>).</summary>
internal sealed class CxlOverflowTrace(int id)
{
    public TraceEvent Event { get; } = TraceEvent.Of("cxl", "cxl_overflow", id,
    [
        (TraceField.Text, "memdev"),
        (TraceField.Text, "host"),
        ("int", "log"),
        ("u64", "serial"),
        ("u64", "first_ts"),
        ("u64", "last_ts"),
        ("u16", "count"),
    ]);

    /// <param name="tracing">Takes it.</param>
    /// <param name="memdev">Whose log it is.</param>
    /// <param name="log">Which of them.</param>
    /// <param name="answer">What Get Event Records answered.</param>
    /// <param name="thread">Who asked.</param>
    public void Emit(Tracing tracing, TracedMemdev memdev, EventLogKind log, byte[] answer, TraceTask thread)
    {
        ushort count = BitConverter.ToUInt16(answer, EventPayloads.OverflowCountOffset);
        ulong first = BitConverter.ToUInt64(answer, EventPayloads.FirstOverflowOffset);
        ulong last = BitConverter.ToUInt64(answer, EventPayloads.LastOverflowOffset);
        tracing.Emit(
            Event,
            thread,
            string.Create(
                CultureInfo.InvariantCulture,
                $"memdev={memdev.Name} host={memdev.Host} serial={memdev.Serial}: log={log} : {count} records from {first} to {last}"),
            bytes => bytes
                .Text("memdev", memdev.Name).Text("host", memdev.Host).Number("log", (ulong)log).Number("serial", memdev.Serial)
                .Number("first_ts", first).Number("last_ts", last).Number("count", count));
    }
}
