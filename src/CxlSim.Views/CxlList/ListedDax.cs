using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>What <c>cxl list -X</c> and <c>daxctl list</c> show of a dax region and its devices: what libdaxctl reads.</summary>
/// <param name="files">The machine's sysfs.</param>
/// <param name="numbers">How numbers are shown.</param>
/// <param name="complain">Takes what the library writes to standard error: its function, and the text.</param>
internal sealed class ListedDax(SysfsFiles files, ListedNumbers numbers, Action<string, string> complain)
{
    private const string Blocks = "/sys/devices/system/memory";

    /// <summary>What <c>cxl list</c> shows; null where the region has none.</summary>
    public static JsonMap? Describe(ListedMachine machine, ListedRegion region, bool withIdle, ListedNumbers numbers)
    {
        if (!machine.Files.Exists(region.DaxPath))
        {
            return null;
        }

        ListedDax dax = new(machine.Files, numbers, (function, text) => machine.Complain(function, text, "libdaxctl"));
        JsonMap map = new();
        dax.AddRegion(map, region.Id, region.DaxPath);
        return map.AddAny("devices", [.. dax.Devices(region.Id, region.DaxPath, withIdle).Select(found => dax.Describe(found.Path, withMappings: false))]);
    }

    /// <summary>What the region says of itself.</summary>
    public void AddRegion(JsonMap map, int id, string path)
    {
        string attributes = $"{path}/dax_region";
        map.Add("id", id)
            .Add("size", files.Number($"{attributes}/size") is { } size ? numbers.Size(size) : null)
            .Add("available_size", files.Number($"{attributes}/available_size") is { } available and not 0 ? numbers.Size(available) : null)
            .Add("align", files.Number($"{attributes}/align"));
    }

    /// <summary>A region's devices; the one found last comes first.</summary>
    public IEnumerable<(int Id, string Path)> Devices(int region, string path, bool withIdle) =>
        files.Numbered(path, string.Create(CultureInfo.InvariantCulture, $"dax{region}.")).Reverse().Where(found => withIdle || files.Number($"{found.Path}/size") is not (null or 0));

    public JsonMap Describe(string path, bool withMappings)
    {
        ulong size = files.Number($"{path}/size") ?? 0;
        int node = files.Signed($"{path}/target_node") ?? -1;
        bool isMemory = files.RealPath($"{path}/driver") is { } driver && SysfsFiles.NameOf(driver) == "kmem";
        JsonMap map = new JsonMap()
            .Add("chardev", SysfsFiles.NameOf(path))
            .Add("size", numbers.Size(size))
            .Add("target_node", node >= 0 ? node : null)
            .Add("align", files.Number($"{path}/align") is { } align and not 0 ? numbers.Size(align) : null)
            .Add("mode", isMemory ? "system-ram" : "devdax");
        if (isMemory && files.Number($"{path}/resource") is { } start and not 0)
        {
            DescribeMemory(map, SysfsFiles.NameOf(path), start, size, node);
        }

        map.Add("state", files.IsBound(path) ? null : "disabled");
        return withMappings ? map.AddAny("mappings", [.. Mappings(path)]) : map;
    }

    /// <summary>The ranges, the last one first.</summary>
    private IEnumerable<JsonMap> Mappings(string path) =>
        files.Numbered(path, "mapping").OrderByDescending(found => found.Id).Select(found =>
        {
            ulong start = files.Number($"{found.Path}/start") ?? 0;
            ulong end = files.Number($"{found.Path}/end") ?? 0;
            return new JsonMap()
                .Add("page_offset", numbers.Hex(files.Number($"{found.Path}/page_offset") ?? 0))
                .Add("start", numbers.Hex(start))
                .Add("end", numbers.Hex(end))
                .Add("size", numbers.Size(end - start + 1));
        });

    /// <summary>The memory blocks, found below their node; where that is not there, its errno stands for their number.</summary>
    private void DescribeMemory(JsonMap map, string device, ulong start, ulong size, int node)
    {
        string directory = $"/sys/devices/system/node/node{node}";
        if (node < 0 || !files.Exists(directory))
        {
            int error = -(int)(node < 0 ? Errno.ENXIO : Errno.ENOENT);
            for (int question = 0; question < 3 && node < 0; question++)
            {
                complain("daxctl_memory_op", $"{device}: Failed to get node_path");
            }

            map.Add("online_memblocks", error).Add("total_memblocks", error);
            return;
        }

        ulong blockSize = CNumber.Unsigned("0x" + files.Text($"{Blocks}/block_size_bytes"), out _);
        string[] blocks =
        [
            .. files.Numbered(directory, "memory").Select(found => found.Path)
                .Where(path => unchecked((CNumber.Unsigned("0x" + files.Text($"{path}/phys_index"), out _) * blockSize) - start) < size),
        ];
        bool[] online = [.. blocks.Select(path => files.Text($"{path}/state") == "online")];
        map.Add("online_memblocks", online.Count(isOnline => isOnline)).Add("total_memblocks", blocks.Length);
        if (Array.TrueForAll(online, isOnline => isOnline))
        {
            map.Add("movable", blocks.Length > 0 && Array.TrueForAll(blocks, path => files.Text($"{path}/valid_zones") == "Movable"));
        }
    }
}
