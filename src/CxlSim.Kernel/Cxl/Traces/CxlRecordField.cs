namespace CxlSim.Kernel;

/// <summary>A field of a trace event about an event record, and what it holds (<c>drivers/cxl/core/trace.h</c>).</summary>
/// <param name="Type">C type.</param>
/// <param name="Name">Name.</param>
/// <param name="Fill">Writes it.</param>
internal sealed record CxlRecordField(string Type, string Name, Action<TraceRecordBytes, CxlTracedRecord> Fill)
{
    /// <summary>A number.</summary>
    public CxlRecordField(string type, string name, Func<CxlTracedRecord, ulong> value)
        : this(type, name, (bytes, record) => bytes.Number(name, value(record)))
    {
    }

    /// <summary>A string.</summary>
    public CxlRecordField(string name, Func<CxlTracedRecord, string> value)
        : this(TraceField.Text, name, (bytes, record) => bytes.Text(name, value(record)))
    {
    }

    /// <summary>Bytes of the record: as many as the field has, where nothing else is said.</summary>
    public CxlRecordField(string type, string name, int offset, int length = 0)
        : this(type, name, (bytes, record) => bytes.Bytes(name, record.Bytes.AsSpan(offset, length == 0 ? new TraceField(type, name, 0).Size : length)))
    {
    }

    /// <summary>The first version that has it; null for all.</summary>
    public KernelChange? Since { get; init; }
}
