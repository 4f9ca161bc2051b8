using CxlSim.Core;

namespace CxlSim.Views;

/// <summary>What <c>cxl list -X</c> shows of a region's dax region and its devices: what libdaxctl reads.</summary>
internal static class ListedDax
{
    private const string Blocks = "/sys/devices/system/memory";

    /// <summary>Null where the region has none.</summary>
    public static JsonMap? Describe(ListedMachine machine, ListedRegion region, bool withIdle, ListedNumbers numbers)
    {
        SysfsFiles files = machine.Files;
        if (!files.Exists(region.DaxPath))
        {
            return null;
        }

        string attributes = $"{region.DaxPath}/dax_region";
        List<object> devices =
        [
            .. files.Numbered(region.DaxPath, $"dax{region.Id}.").Reverse()
                .Where(found => withIdle || files.Number($"{found.Path}/size") is not (null or 0))
                .Select(found => DescribeDevice(machine, found.Path, numbers)),
        ];
        return new JsonMap()
            .Add("id", region.Id)
            .Add("size", files.Number($"{attributes}/size") is { } size ? numbers.Size(size) : null)
            .Add("available_size", files.Number($"{attributes}/available_size") is { } available and not 0 ? numbers.Size(available) : null)
            .Add("align", files.Number($"{attributes}/align"))
            .AddAny("devices", devices);
    }

    private static JsonMap DescribeDevice(ListedMachine machine, string path, ListedNumbers numbers)
    {
        SysfsFiles files = machine.Files;
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
            DescribeMemory(machine, map, SysfsFiles.NameOf(path), start, size, node);
        }

        return map.Add("state", files.IsBound(path) ? null : "disabled");
    }

    /// <summary>The memory blocks, found below their node; where that is not there, its errno stands for their number.</summary>
    private static void DescribeMemory(ListedMachine machine, JsonMap map, string device, ulong start, ulong size, int node)
    {
        SysfsFiles files = machine.Files;
        string directory = $"/sys/devices/system/node/node{node}";
        if (node < 0 || !files.Exists(directory))
        {
            int error = -(int)(node < 0 ? Errno.ENXIO : Errno.ENOENT);
            for (int question = 0; question < 3 && node < 0; question++)
            {
                machine.Complain("daxctl_memory_op", $"{device}: Failed to get node_path", "libdaxctl");
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
