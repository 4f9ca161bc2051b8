using System.Globalization;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>Reads memory blocks from sysfs as <c>lsmem</c> does.</summary>
internal sealed class MemoryRunReader
{
    private const string Directory = "/sys/devices/system/memory";

    private readonly SysfsFiles _files;

    public MemoryRunReader(LinuxKernel kernel)
    {
        _files = new SysfsFiles(kernel);
        BlockSize = CNumber.Unsigned("0x" + _files.Text($"{Directory}/block_size_bytes"), out _);
        Blocks = [.. _files.Names(Directory).Select(name => NumberIn(name, "memory")).OfType<ulong>().Order().Select(Read)];
    }

    /// <summary>Bytes of a block.</summary>
    public ulong BlockSize { get; }

    /// <summary>Each block for itself, by number.</summary>
    public IReadOnlyList<MemoryRun> Blocks { get; }

    /// <summary>Joins what lies together and does not differ in a column.</summary>
    public IReadOnlyList<MemoryRun> Join(IReadOnlyList<LsmemColumn> split)
    {
        List<MemoryRun> runs = [];
        foreach (MemoryRun block in Blocks)
        {
            if (runs.Count > 0 && runs[^1] is var last && last.First + last.Count == block.First && !split.Any(column => Differ(column, last, block)))
            {
                runs[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                runs.Add(block);
            }
        }

        return runs;
    }

    private static bool Differ(LsmemColumn column, MemoryRun one, MemoryRun other) => column switch
    {
        LsmemColumn.State => one.State != other.State,
        LsmemColumn.Removable => one.IsRemovable != other.IsRemovable,
        LsmemColumn.Node => one.Node != other.Node,
        LsmemColumn.Zones => one.Zones != other.Zones,
        _ => false,
    };

    private static ulong? NumberIn(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && ulong.TryParse(name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;

    private MemoryRun Read(ulong number)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"{Directory}/memory{number}");
        ulong? node = _files.Names(path).Select(name => NumberIn(name, "node")).FirstOrDefault(found => found is not null);
        string zones = string.Join('/', (_files.Text($"{path}/valid_zones") ?? string.Empty).Split(' ').Select(zone => zone == "none" ? "None" : zone));
        return new MemoryRun(number, 1, _files.Text($"{path}/state") ?? "?", _files.Number($"{path}/removable") == 1, (int?)node, zones);
    }
}
