using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Fuse;

/// <summary>/dev: the harmless devices of any Unix, and the nodes of the model. Nothing of the host's disks, consoles or memory is there.</summary>
internal sealed class DevTree(LinuxKernel kernel) : IFileTree
{
    private const int Everybody = 0x1b6; // 0666
    private const int RootOnly = 0x180; // 0600

    private static readonly Dictionary<string, (int Major, int Minor)> Common = new()
    {
        ["null"] = (1, 3),
        ["zero"] = (1, 5),
        ["full"] = (1, 7),
        ["random"] = (1, 8),
        ["urandom"] = (1, 9),
        ["tty"] = (5, 0),
    };

    private static readonly Dictionary<string, string> Links = new()
    {
        ["fd"] = "/proc/self/fd",
        ["stdin"] = "/proc/self/fd/0",
        ["stdout"] = "/proc/self/fd/1",
        ["stderr"] = "/proc/self/fd/2",
    };

    public TreeEntry? Find(string[] steps) => steps switch
    {
        [] or ["cxl"] or ["pts"] or ["shm"] => TreeEntry.Directory,
        ["kmsg"] => TreeEntry.Text(Everybody),
        [var name] when Common.TryGetValue(name, out (int Major, int Minor) device) => TreeEntry.CharacterDevice(Everybody, device),
        [var name] when Links.TryGetValue(name, out string? target) => TreeEntry.Link(target),
        _ when NodeDevices().FirstOrDefault(device => device.NodeName == string.Join('/', steps)) is { DeviceNumber: { } number } =>
            TreeEntry.CharacterDevice(RootOnly, number),
        _ => null,
    };

    public IEnumerable<string>? List(string[] steps) => steps switch
    {
        [] => [.. Common.Keys, .. Links.Keys, "cxl", "kmsg", "pts", "shm", .. NodeNames().Where(name => !name.StartsWith("cxl/", StringComparison.Ordinal))],
        ["cxl"] => [.. NodeNames().Where(name => name.StartsWith("cxl/", StringComparison.Ordinal)).Select(name => name["cxl/".Length..])],
        ["pts"] or ["shm"] => [],
        _ => null,
    };

    /// <summary>One record per line, as /dev/kmsg gives them: level, sequence, microseconds.</summary>
    public (Errno Error, byte[] Bytes) Read(string[] steps)
    {
        if (steps is not ["kmsg"])
        {
            return (Errno.ENXIO, []);
        }

        StringBuilder text = new();
        long sequence = 0;
        foreach (KernelLogLine line in kernel.Log.Lines)
        {
            text.Append((int)line.Level).Append(',').Append(sequence++).Append(',').Append(line.Since.Picoseconds / 1_000_000).Append(",-;").Append(line.Text).Append('\n');
        }

        return (Errno.Ok, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>A line into the kernel log.</summary>
    public SimTask<Errno> WriteAsync(string[] steps, string value)
    {
        if (steps is not ["kmsg"])
        {
            return Errno.EACCES;
        }

        kernel.Log.Info(value.TrimEnd('\n'));
        return Errno.Ok;
    }

    private IEnumerable<string> NodeNames() => NodeDevices().Select(device => device.NodeName).OfType<string>();

    private IEnumerable<Device> NodeDevices() => kernel.Cxl.Bus.Devices.Concat(kernel.Dax.Bus.Devices).Where(device => device.NodeName is not null);
}
