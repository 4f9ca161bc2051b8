using System.Globalization;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>The memory blocks of a dax device, as daxctl finds them: those of the target node that begin between the device's address and that plus its size.</summary>
/// <remarks>Of a device of several ranges it misses blocks, or takes those of another.</remarks>
/// <param name="sysfs">Its reads and writes.</param>
/// <param name="device"><c>dax0.0</c>.</param>
internal sealed class DaxctlMemory(ToolSysfs sysfs, string device)
{
    private const string Memory = "/sys/devices/system/memory/";

    /// <summary>In the order in which the node's directory lists them.</summary>
    public IReadOnlyList<string> Blocks { get; } = Find(sysfs, device);

    public int OnlineCount => Blocks.Count(IsOnline);

    /// <summary>Whether the node is there at all.</summary>
    public bool HasNode => sysfs.Exists(NodeOf(sysfs, device));

    /// <summary>Writes a word to each block that is offline; the first that the kernel refuses ends it.</summary>
    public Errno Online(string word)
    {
        foreach (string block in Blocks.Where(block => !IsOnline(block)))
        {
            Errno error = sysfs.Write($"{Memory}{block}/state", word);
            if (error != Errno.Ok && !IsOnline(block))
            {
                return error;
            }
        }

        return Errno.Ok;
    }

    public Errno Offline()
    {
        foreach (string block in Blocks.Where(IsOnline))
        {
            if (sysfs.Read($"{Memory}{block}/removable") == "0")
            {
                sysfs.Say($"{device}: {block} is unremovable");
                return Errno.EOPNOTSUPP;
            }

            Errno error = sysfs.Write($"{Memory}{block}/state", "offline");
            if (error != Errno.Ok && IsOnline(block))
            {
                sysfs.Say($"{device}: Failed to offline {block}: {ToolErrors.Text(error)}");
                return error;
            }
        }

        return Errno.Ok;
    }

    private static string NodeOf(ToolSysfs sysfs, string device) => "/sys/devices/system/node/node" + sysfs.Read($"{ToolSysfs.DaxDevices}{device}/target_node");

    private static string[] Find(ToolSysfs sysfs, string device)
    {
        ulong start = Convert.ToUInt64(sysfs.Read($"{ToolSysfs.DaxDevices}{device}/resource"), 16);
        ulong size = ulong.Parse(sysfs.Read($"{ToolSysfs.DaxDevices}{device}/size"), CultureInfo.InvariantCulture);
        ulong block = Convert.ToUInt64(sysfs.Read(Memory + "block_size_bytes"), 16);
        IEnumerable<string> entries = sysfs.Session.Kernel.Sysfs.Find(NodeOf(sysfs, device)) is { } node ? node.Names() : [];
        return [.. entries.Where(IsBlock).Where(name => Convert.ToUInt64(sysfs.Read($"{Memory}{name}/phys_index"), 16) * block is var address && address >= start && address - start < size)];
    }

    private static bool IsBlock(string name) => name.StartsWith("memory", StringComparison.Ordinal) && name.Length > 6 && char.IsAsciiDigit(name[6]);

    private bool IsOnline(string block) => sysfs.Read($"{Memory}{block}/state").StartsWith("online", StringComparison.Ordinal);
}
