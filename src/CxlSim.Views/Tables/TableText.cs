using System.Globalization;

namespace CxlSim.Views;

/// <summary>A decoded table as text: a line per field with its offset, width, name, value and meaning.</summary>
public static class TableText
{
    private const int ProvenanceColumn = 96;

    public static void Write(TextWriter writer, DecodedTable table)
    {
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"{table.Signature}{(table.Owner is null ? string.Empty : $" of {table.Owner}")}, {table.Length} bytes\n"));
        foreach (string fault in table.Faults)
        {
            writer.Write($"  ! {fault}\n");
        }

        foreach (TableStructure structure in table.Structures)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"  {structure.Name} at 0x{structure.Offset:x}, {structure.Length} bytes\n"));
            foreach (TableField field in structure.Fields)
            {
                string line = string.Create(CultureInfo.InvariantCulture, $"    {field.Offset:x4} {field.Width,3}  {field.Name,-34} {field.Value,-20} {field.Meaning}");
                writer.Write((field.Source is null ? line.TrimEnd() : $"{line,-ProvenanceColumn}  <- {field.Source}") + "\n");
            }
        }

        writer.Write('\n');
    }
}
