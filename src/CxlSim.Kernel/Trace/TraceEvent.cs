using System.Globalization;
using System.Text;

namespace CxlSim.Kernel;

/// <summary>A kind of event that can be traced (<c>kernel/trace/trace_events.c</c>, struct trace_event_call).</summary>
/// <param name="System">The directory that it stands in.</param>
/// <param name="Name">Its own directory.</param>
/// <param name="Id">Number in binary records.</param>
/// <param name="Fields">Behind the common ones.</param>
public sealed record TraceEvent(string System, string Name, int Id, IReadOnlyList<TraceField> Fields)
{
    /// <summary>The file <c>format</c>: from it a program learns where the fields of a binary record lie.</summary>
    public string FormatText()
    {
        StringBuilder text = new(string.Create(CultureInfo.InvariantCulture, $"name: {Name}\nID: {Id}\nformat:\n"));
        Append(text, TraceField.Common);
        text.Append('\n');
        Append(text, Fields);
        IEnumerable<string> formats = Fields.Select(field => $"{field.Name}={(field.Type == TraceField.Text ? "%s" : "%llx")}");
        IEnumerable<string> values = Fields.Select(field => field.Type == TraceField.Text ? $"__get_str({field.Name})" : $"REC->{field.Name}");
        return text.Append(CultureInfo.InvariantCulture, $"\nprint fmt: \"{string.Join(' ', formats)}\", {string.Join(", ", values)}\n").ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<TraceField> fields)
    {
        foreach (TraceField field in fields)
        {
            int bracket = field.Type == TraceField.Text ? -1 : field.Type.IndexOf('[', StringComparison.Ordinal);
            string declaration = bracket < 0 ? $"{field.Type} {field.Name}" : $"{field.Type[..bracket]} {field.Name}{field.Type[bracket..]}";
            text.Append(CultureInfo.InvariantCulture, $"\tfield:{declaration};\toffset:{field.Offset};\tsize:{field.Size};\tsigned:{(field.IsSigned ? 1 : 0)};\n");
        }
    }
}
