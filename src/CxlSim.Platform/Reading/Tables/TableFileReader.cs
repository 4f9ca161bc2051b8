using CxlSim.Platform.Yaml;
using CxlSim.Spec.Acpi;

namespace CxlSim.Platform.Reading;

/// <summary>Reads a table that the platform brings as a file: the bytes of a real machine's, for instance.</summary>
internal static class TableFileReader
{
    /// <summary>Longer than any board's DSDT.</summary>
    private const int LongestTable = 1 << 20;

    /// <summary>Those that lead to the other tables: firmware writes them, since they hold addresses of this machine.</summary>
    private static readonly string[] Roots = ["RSDP", "XSDT", "RSDT", "FACP", "FACS"];

    /// <param name="context">Gathers findings; its file is where relative paths begin.</param>
    /// <param name="signature">That the table must have.</param>
    /// <param name="path">The file.</param>
    /// <returns>Null where it is no such table, which has been reported.</returns>
    public static byte[]? Read(ReadContext context, string signature, YamlScalar path)
    {
        string name = Quote.Of(path.Text);
        if (Roots.Contains(signature))
        {
            context.Error(Cxp.TableFile, path.Location, $"found a file for {signature}; expected none, since that table holds addresses of this machine's own");
            return null;
        }

        try
        {
            byte[] table = context.Given.TryGetValue(path.Text, out ReadOnlyMemory<byte> given)
                ? given.ToArray()
                : Load(Path.Combine(UserFile.FolderOf(context.File), path.Text));
            string? fault = table.Length > LongestTable ? $"'{name}' is longer than 1 MiB"
                : table.Length < AcpiTableHeader.SpecSize ? $"'{name}' has {table.Length} bytes, too few for a table"
                : AcpiTableHeader.Name(BitConverter.ToUInt32(table)) != signature ? $"'{name}' holds '{Quote.Of(AcpiTableHeader.Name(BitConverter.ToUInt32(table)))}'"
                : null;
            if (fault is null)
            {
                context.Files[path.Text] = table;
                return table;
            }

            context.Error(Cxp.TableFile, path.Location, $"{fault}; expected the bytes of a table {signature}");
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            context.Error(Cxp.TableFile, path.Location, $"'{name}' cannot be read: {e.Message}; expected a file with the bytes of a table {signature}");
        }

        return null;
    }

    /// <summary>At most one byte more than is allowed: a file may be endless.</summary>
    private static byte[] Load(string path)
    {
        if (new FileInfo(path).Length == 0)
        {
            return []; // a pipe or a device too: nobody waits for one
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read);
        byte[] buffer = new byte[LongestTable + 1];
        int length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..length];
    }
}
