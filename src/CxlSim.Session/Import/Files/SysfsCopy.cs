using System.Text;

namespace CxlSim.Session;

/// <summary>Reads a copy of /sys into the same text as the recordings have: a line per attribute and link. The memory map of the firmware becomes a map.</summary>
internal sealed class SysfsCopy(CaptureReader reader, string root)
{
    private const int Deepest = 24;
    private const int MostEntries = 200_000;

    /// <summary>Where PCI functions and the objects of CXL are; all else of /sys/devices is for others.</summary>
    private static readonly string[] Branches = ["pci", "platform", "ACPI0017"];

    /// <summary>What an import asks for.</summary>
    private static readonly HashSet<string> Wanted = new(StringComparer.Ordinal)
    {
        "config", "resource", "vendor", "device", "class", "serial", "size", "start", "firmware_version", "label_storage_size", "payload_max", "target_list",
        "interleave_ways", "interleave_granularity", "cap_ram", "cap_pmem", "cap_type2", "cap_type3", "qos_class", "locked", "devtype", "mode", "commit",
    };

    private readonly StringBuilder _lines = new();
    private int _entries;

    public IEnumerable<CaptureFile> Read()
    {
        string devices = Path.Combine(root, "devices");
        foreach (string path in reader.List(devices, Directory.EnumerateFileSystemEntries).Where(path => Branches.Any(branch => Path.GetFileName(path).StartsWith(branch, StringComparison.Ordinal))))
        {
            Walk(path, $"/sys/devices/{Path.GetFileName(path)}", 0);
        }

        yield return new CaptureFile(devices, Encoding.UTF8.GetBytes(_lines.ToString()));
        yield return new CaptureFile(Path.Combine(root, "firmware", "memmap"), Encoding.UTF8.GetBytes(MemoryMap()));
    }

    private void Walk(string path, string name, int depth)
    {
        if (depth > Deepest || ++_entries > MostEntries)
        {
            return;
        }

        string leaf = Path.GetFileName(path);
        if (CaptureReader.Try(() => new FileInfo(path).LinkTarget, out _) is { } target)
        {
            _lines.Append(name).Append(" -> ").Append(OneLine(target)).Append('\n');
        }
        else if (Directory.Exists(path))
        {
            foreach (string entry in reader.List(path, Directory.EnumerateFileSystemEntries))
            {
                Walk(entry, $"{name}/{Path.GetFileName(entry)}", depth + 1);
            }
        }
        else if ((Wanted.Contains(leaf) || leaf.StartsWith("target", StringComparison.Ordinal)) && reader.ReadBytes(path) is { } bytes)
        {
            _lines.Append(name).Append(leaf == "config"
                ? $" # {bytes.Length}:{Convert.ToHexStringLower(bytes)}"
                : $" = {OneLine(Encoding.UTF8.GetString(bytes))}").Append('\n');
        }
    }

    /// <summary>A folder per entry: its start, its end, its type.</summary>
    private string MemoryMap()
    {
        StringBuilder map = new();
        foreach (string entry in reader.List(Path.Combine(root, "firmware", "memmap"), Directory.EnumerateFileSystemEntries).OrderBy(path => int.TryParse(Path.GetFileName(path), out int number) ? number : int.MaxValue))
        {
            string[] parts = [.. new[] { "start", "end", "type" }.Select(part => reader.ReadBytes(Path.Combine(entry, part)) is { } bytes ? OneLine(Encoding.UTF8.GetString(bytes)) : "?")];
            map.Append(parts[0]).Append('-').Append(parts[1]).Append(' ').Append(parts[2]).Append('\n');
        }

        return map.ToString();
    }

    private static string OneLine(string text) => text.TrimEnd('\n').Replace("\n", "\\n", StringComparison.Ordinal);
}
