using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace events of CXL as a version of the kernel has them (<c>drivers/cxl/core/trace.h</c>).</summary>
internal sealed class CxlTraceEvents
{
    private readonly KernelConfig _config;
    private readonly Dictionary<CxlRecordKind, TraceEvent> _records;

    public CxlTraceEvents(KernelConfig config)
    {
        _config = config;

        // Numbers follow one another. The first is recorded of 6.12 and of 7.2; of kernels between there is no recording, and those with changed events count as 7.2 does.
        int id = config.Has(KernelChange.TracesOfCxl31) ? 1356 : 1294;
        Poison = new CxlPoisonTrace(config, id++);
        CxlRecordKind[] sparing = config.Has(KernelChange.TracesOfCxl32) ? [CxlMemorySparingTrace.Kind] : [];
        CxlRecordKind[] kinds = [.. sparing, CxlMemoryModuleTrace.Kind, CxlDramTrace.Kind, CxlGeneralMediaTrace.Kind, CxlGenericTrace.Kind];
        _records = kinds.ToDictionary(kind => kind, kind => kind.Define(config, id++));
        Overflow = new CxlOverflowTrace(id++);
        Errors = new CxlAerTrace(config, id);
    }

    public CxlPoisonTrace Poison { get; }

    public CxlOverflowTrace Overflow { get; }

    public CxlAerTrace Errors { get; }

    public IReadOnlyList<TraceEvent> All => [Poison.Event, .. _records.Values, Overflow.Event, .. Errors.All];

    /// <summary>Reports an event record (<c>cxl_event_trace_record</c>).</summary>
    /// <param name="tracing">Takes it.</param>
    /// <param name="memdev">Who sent it.</param>
    /// <param name="log">Where it was.</param>
    /// <param name="record">Its bytes.</param>
    /// <param name="find">Where a byte of the memdev is mapped; null for nowhere.</param>
    /// <param name="thread">Who asked the device.</param>
    public void Emit(Tracing tracing, TracedMemdev memdev, EventLogKind log, byte[] record, Func<Dpa, TracedPlace?> find, TraceTask thread)
    {
        CxlRecordKind kind = KindOf(new Guid(record.AsSpan(0, 16), bigEndian: true));
        CxlTracedRecord traced = new(memdev, _config, log, record, Place: null);
        if (kind == CxlGeneralMediaTrace.Kind || kind == CxlDramTrace.Kind)
        {
            // The kernel works the address out only where somebody listens.
            if (!tracing.IsEnabled(_records[CxlGeneralMediaTrace.Kind]) && !tracing.IsEnabled(_records[CxlDramTrace.Kind]))
            {
                return;
            }

            traced = traced with { Place = find(new Dpa(traced.Dpa)) };
        }

        tracing.Emit(_records[kind], thread, kind.Text(traced), bytes => kind.Fill(bytes, traced));
    }

    private CxlRecordKind KindOf(Guid uuid) =>
        uuid == EventRecord.GeneralMedia ? CxlGeneralMediaTrace.Kind
        : uuid == EventRecord.Dram ? CxlDramTrace.Kind
        : uuid == EventRecord.MemoryModule ? CxlMemoryModuleTrace.Kind
        : uuid == EventRecord.MemorySparing && _records.ContainsKey(CxlMemorySparingTrace.Kind) ? CxlMemorySparingTrace.Kind
        : CxlGenericTrace.Kind;
}
