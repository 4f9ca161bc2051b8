using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A field of a trace event's binary record, as its file <c>format</c> tells it.</summary>
/// <param name="Type">C type, which says the size; <c>__data_loc char[]</c> is a string whose bytes stand behind the record.</param>
/// <param name="Name">Name.</param>
/// <param name="Offset">From the start of the record.</param>
public sealed record TraceField(string Type, string Name, int Offset)
{
    public const string Text = "__data_loc char[]";

    /// <summary>What every record begins with: event, flags, preemption, process.</summary>
    public static readonly IReadOnlyList<TraceField> Common =
    [
        new("unsigned short", "common_type", 0),
        new("unsigned char", "common_flags", 2),
        new("unsigned char", "common_preempt_count", 3),
        new("int", "common_pid", 4),
    ];

    /// <summary>As its declaration in C: the length of an array stands behind the name.</summary>
    public string Declaration => IsArray ? $"{Element} {Name}{Type[Element.Length..]}" : $"{Type} {Name}";

    /// <summary>Bytes.</summary>
    public int Size => IsArray ? int.Parse(Type.AsSpan(Element.Length).Trim("[]"), CultureInfo.InvariantCulture) * SizeOf(Element) : SizeOf(Type);

    /// <summary>Its offset is a multiple of so many bytes: of its size, but arrays and structures begin where their elements may.</summary>
    public int Alignment => Type == "uuid_t" ? 1 : SizeOf(Element);

    /// <summary>Whether a number has a sign.</summary>
    public bool IsSigned => Type is "int" or "s16";

    private bool IsArray => Type != Text && Type.Contains('[', StringComparison.Ordinal);

    private string Element => IsArray ? Type[..Type.IndexOf('[', StringComparison.Ordinal)] : Type;

    private static int SizeOf(string type) => type switch
    {
        "u8" or "char" or "unsigned char" => 1,
        "u16" or "s16" or "unsigned short" => 2,
        "u32" or "int" or Text => 4,
        "u64" or "unsigned long" => 8,
        "uuid_t" => 16,
        _ => throw new SimulatorBugException($"a trace field of type {type}"),
    };
}
