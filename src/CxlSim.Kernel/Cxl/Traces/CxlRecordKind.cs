namespace CxlSim.Kernel;

/// <summary>A trace event about event records: the tables of its fields and of its words, each with the version that has it (<c>drivers/cxl/core/trace.h</c>).</summary>
/// <param name="Name">The event's.</param>
/// <param name="Fields">Behind those that all such events have, in their order.</param>
/// <param name="Words">Likewise.</param>
internal sealed record CxlRecordKind(string Name, IReadOnlyList<CxlRecordField> Fields, IReadOnlyList<CxlRecordWord> Words)
{
    /// <summary>The event as a version of the kernel has it.</summary>
    public TraceEvent Define(KernelConfig config, int id) => TraceEvent.Of("cxl", Name, id, FieldsIn(config).Select(field => (field.Type, field.Name)));

    public void Fill(TraceRecordBytes bytes, CxlTracedRecord record)
    {
        foreach (CxlRecordField field in FieldsIn(record.Config))
        {
            field.Fill(bytes, record);
        }
    }

    public string Text(CxlTracedRecord record) => $"{Join(CxlRecordHeader.Words, record)} : {Join(Words, record)}";

    private static string Join(IReadOnlyList<CxlRecordWord> words, CxlTracedRecord record) => string.Join(
        ' ', words.Where(word => Has(record.Config, word.Since) && (word.Until is null || !Has(record.Config, word.Until))).Select(word => word.Text(record)));

    private static bool Has(KernelConfig config, KernelChange? change) => change is not { } since || config.Has(since);

    private IEnumerable<CxlRecordField> FieldsIn(KernelConfig config) => CxlRecordHeader.Fields.Concat(Fields).Where(field => Has(config, field.Since));
}
