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
    /// <summary>An event whose fields lie one behind the other as a C compiler lays them.</summary>
    public static TraceEvent Of(string system, string name, int id, IEnumerable<(string Type, string Name)> fields)
    {
        List<TraceField> laid = [];
        int end = TraceField.Common[^1].Offset + TraceField.Common[^1].Size;
        foreach ((string type, string field) in fields)
        {
            int alignment = new TraceField(type, field, 0).Alignment;
            laid.Add(new TraceField(type, field, (end + alignment - 1) / alignment * alignment));
            end = laid[^1].Offset + laid[^1].Size;
        }

        return new TraceEvent(system, name, id, laid);
    }

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
            text.Append(CultureInfo.InvariantCulture, $"\tfield:{field.Declaration};\toffset:{field.Offset};\tsize:{field.Size};\tsigned:{(field.IsSigned ? 1 : 0)};\n");
        }
    }
}
