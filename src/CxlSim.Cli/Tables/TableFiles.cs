using System.Text;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>Reads dumped tables: a binary file each, or texts of <c>acpidump</c>; from one file or from all files of a directory.</summary>
internal static class TableFiles
{
    private const long LargestFile = 64 << 20;

    /// <summary>Of a directory; no machine has as many tables.</summary>
    private const int MostFiles = 1000;

    /// <summary>What each file holds, by name, binary files before texts: who changes a table of both changes the binary one. Files that hold no table are passed over. Null where there is none to be had; why is printed.</summary>
    public static IReadOnlyList<DumpedTable>? Load(string path)
    {
        try
        {
            // In a directory a pipe must not be waited for: like an empty file, it has no size.
            IEnumerable<string> files = Directory.Exists(path) ? Directory.EnumerateFiles(path).Where(file => new FileInfo(file).Length > 0).Order(StringComparer.Ordinal) : [path];
            DumpedTable[] tables = [.. files.Where(file => new FileInfo(file).Length <= LargestFile).Take(MostFiles).SelectMany(ReadFile).OrderBy(table => !table.IsBinary)];
            if (tables.Length > 0)
            {
                return tables;
            }

            Console.Error.WriteLine($"cxlsim: there is no table in {path}");
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: {error.Message}");
        }

        return null;
    }

    /// <summary>No more than is allowed: a file may be endless.</summary>
    private static byte[] ReadBytes(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > LargestFile)
            {
                throw new IOException($"{file} has more than {LargestFile >> 20} MiB; expected tables");
            }
        }

        return bytes.ToArray();
    }

    private static IReadOnlyList<DumpedTable> ReadFile(string file)
    {
        byte[] bytes = ReadBytes(file);
        return TableBytes.IsTable(bytes)
            ? [new DumpedTable(file, true, bytes)]
            : [.. AcpiDumpText.Read(Encoding.Latin1.GetString(bytes)).Select(table => new DumpedTable(file, false, table))];
    }
}
