using System.Text;
using System.Text.Json;

namespace CxlSim.Views;

/// <summary>Differences for programs: stable names in a stable order.</summary>
public static class DiffJson
{
    public static string Render(DiffResult diff)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, CheckJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("first", diff.First);
            json.WriteString("second", diff.Second);
            json.WriteBoolean("same", diff.IsSame);
            JsonLists.Array(json, "groups", diff.Groups, (writer, group) =>
            {
                writer.WriteString("name", group.Name);
                JsonLists.Array(writer, "entries", group.Entries, WriteEntry);
            });
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteEntry(Utf8JsonWriter json, DiffEntry entry)
    {
        json.WriteString("change", entry.Change);
        json.WriteString("what", entry.What);
        json.WriteString("old", entry.Old);
        json.WriteString("new", entry.New);
    }
}
