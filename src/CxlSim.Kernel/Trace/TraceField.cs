namespace CxlSim.Kernel;

/// <summary>A field of a trace event's binary record, as its file <c>format</c> tells it.</summary>
/// <param name="Type">C type; <c>__data_loc char[]</c> is a string whose bytes stand behind the record.</param>
/// <param name="Name">Name.</param>
/// <param name="Offset">From the start of the record.</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsSigned">Whether a number has a sign.</param>
public sealed record TraceField(string Type, string Name, int Offset, int Size, bool IsSigned = false)
{
    public const string Text = "__data_loc char[]";

    /// <summary>What every record begins with: event, flags, preemption, process.</summary>
    public static readonly IReadOnlyList<TraceField> Common =
    [
        new("unsigned short", "common_type", 0, 2),
        new("unsigned char", "common_flags", 2, 1),
        new("unsigned char", "common_preempt_count", 3, 1),
        new("int", "common_pid", 4, 4, IsSigned: true),
    ];
}
