namespace CxlSim.Kernel;

/// <summary>A word of the line about an event record: name and value (<c>drivers/cxl/core/trace.h</c>, the formats of TP_printk).</summary>
/// <param name="Name">What stands before "="; empty where the value is all.</param>
/// <param name="Value">What stands behind it.</param>
internal sealed record CxlRecordWord(string Name, Func<CxlTracedRecord, string> Value)
{
    /// <summary>A number in decimal.</summary>
    public CxlRecordWord(string name, Func<CxlTracedRecord, ulong> value)
        : this(name, record => $"{value(record)}")
    {
    }

    /// <summary>The first version that has it; null for all.</summary>
    public KernelChange? Since { get; init; }

    /// <summary>The first version that has it no more; null for none.</summary>
    public KernelChange? Until { get; init; }

    /// <summary>Names in quotation marks.</summary>
    public static CxlRecordWord Quoted(string name, Func<CxlTracedRecord, string> value) => new(name, record => $"'{value(record)}'");

    public string Text(CxlTracedRecord record) => Name.Length == 0 ? Value(record) : $"{Name}={Value(record)}";
}
