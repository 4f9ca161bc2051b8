using System.Text;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Reads dumped tables: a binary file each, or texts of <c>acpidump</c>; from one file or from all files of a directory.</summary>
internal static class TableFiles
{
    private const long LargestFile = 64 << 20;

    /// <summary>What each file holds, by name; files that hold no table are passed over. Null where there is none to be had; why is printed.</summary>
    public static IReadOnlyList<DumpedTable>? Load(string path)
    {
        try
        {
            // In a directory a pipe must not be waited for: like an empty file, it has no size.
            IEnumerable<string> files = Directory.Exists(path) ? Directory.EnumerateFiles(path).Where(file => new FileInfo(file).Length > 0).Order(StringComparer.Ordinal) : [path];
            DumpedTable[] tables = [.. files.Where(file => new FileInfo(file).Length <= LargestFile).SelectMany(ReadFile)];
            if (tables.Length > 0)
            {
                return tables;
            }

            Console.Error.WriteLine($"cxlsim: there is no table in {path}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"cxlsim: {error.Message}");
        }

        return null;
    }

    private static IReadOnlyList<DumpedTable> ReadFile(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        return TableBytes.IsTable(bytes)
            ? [new DumpedTable(file, true, bytes)]
            : [.. AcpiDumpText.Read(Encoding.Latin1.GetString(bytes)).Select(table => new DumpedTable(file, false, table))];
    }
}
