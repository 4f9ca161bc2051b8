using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>The trace events of CXL as a version of the kernel has them (<c>drivers/cxl/core/trace.h</c>, but for errors of links).</summary>
internal sealed class CxlTraceEvents
{
    private readonly KernelConfig _config;
    private readonly Dictionary<CxlRecordKind, TraceEvent> _records;

    public CxlTraceEvents(KernelConfig config)
    {
        _config = config;

        // Numbers follow one another. The first is recorded of 6.12 and of 7.2; of kernels between there is no recording, and those with changed events count as 7.2 does.
        int id = config.Has(KernelChange.TracesOfCxl31) ? 1356 : 1294;
        Poison = CxlPoisonTrace.Define(config, id++);
        CxlRecordKind[] sparing = config.Has(KernelChange.TracesOfCxl32) ? [CxlMemorySparingTrace.Kind] : [];
        CxlRecordKind[] kinds = [.. sparing, CxlMemoryModuleTrace.Kind, CxlDramTrace.Kind, CxlGeneralMediaTrace.Kind, CxlGenericTrace.Kind];
        _records = kinds.ToDictionary(kind => kind, kind => kind.Define(config, id++));
        Overflow = CxlOverflowTrace.Define(id);
    }

    public TraceEvent Poison { get; }

    public TraceEvent Overflow { get; }

    public IReadOnlyList<TraceEvent> All => [Poison, .. _records.Values, Overflow];

    /// <summary>Reports an event record (<c>cxl_event_trace_record</c>).</summary>
    public void Emit(Tracing tracing, CxlMemdev memdev, EventLogKind log, byte[] record, TraceTask thread)
    {
        CxlRecordKind kind = KindOf(new Guid(record.AsSpan(0, 16), bigEndian: true));
        CxlTracedRecord traced = new(memdev, _config, log, record, Region: null);
        if (kind == CxlGeneralMediaTrace.Kind || kind == CxlDramTrace.Kind)
        {
            // The kernel works the address out only where somebody listens.
            if (!tracing.IsEnabled(_records[CxlGeneralMediaTrace.Kind]) && !tracing.IsEnabled(_records[CxlDramTrace.Kind]))
            {
                return;
            }

            traced = traced with { Region = memdev.Poison.FindRegion(new Dpa(traced.Dpa)) };
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
