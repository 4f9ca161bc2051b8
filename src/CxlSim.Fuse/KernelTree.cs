using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Fuse;

/// <summary>The kernel model as a tree of files: <c>/sys</c>, <c>/proc</c>, <c>/dev</c>. Runs in the loop; keeps no state of its own.</summary>
public sealed class KernelTree(LinuxKernel kernel)
{
    private static readonly string[] TopLevel = ["dev", "proc", "sys"];

    private readonly Dictionary<string, Func<LinuxKernel, string>> _proc = new()
    {
        ["iomem"] = k => IomemView.Render(k.Iomem),
    };

    /// <summary>What stands at a path; null for nothing.</summary>
    public TreeEntry? Find(string path)
    {
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return steps switch
        {
            [] or ["sys"] or ["proc"] or ["dev"] => TreeEntry.Directory,
            ["proc", var name] when _proc.ContainsKey(name) => TreeEntry.Text(0x124), // 0444
            ["dev", "cxl"] => TreeEntry.Directory,
            ["dev", .. var rest] when FindDevice(string.Join('/', rest)) is { DeviceNumber: { } number } => TreeEntry.CharacterDevice(number),
            ["sys", .. var rest] => FindSysfs(rest),
            _ => null,
        };
    }

    /// <summary>Names in a directory; null where the path is none.</summary>
    public IReadOnlyList<string>? List(string path)
    {
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        switch (steps)
        {
            case []:
                return TopLevel;
            case ["proc"]:
                return [.. _proc.Keys];
            case ["dev"]:
                return [.. Nodes().Where(name => !name.Contains('/', StringComparison.Ordinal)), "cxl"];
            case ["dev", "cxl"]:
                return [.. Nodes().Where(name => name.StartsWith("cxl/", StringComparison.Ordinal)).Select(name => name[4..])];
            case ["sys", .. var rest] when Resolve(rest) is { Attribute: null } node:
                IEnumerable<string> names = node.Files().Select(file => file.Name).Concat(node.Directories());
                return node.Directory is null ? [.. names, .. node.Owner.Children.Keys, .. node.Owner.Links.Keys] : [.. names];
            default:
                return null;
        }
    }

    /// <summary>The bytes of a file.</summary>
    public (Errno Error, byte[] Bytes) Read(string path)
    {
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (steps is ["proc", var name] && _proc.TryGetValue(name, out Func<LinuxKernel, string>? render))
        {
            return (Errno.Ok, Encoding.UTF8.GetBytes(render(kernel)));
        }

        AttributeValue value = kernel.Sysfs.Read(path);
        return (value.Error, value.Bytes);
    }

    /// <summary>One write(2).</summary>
    public SimTask<Errno> WriteAsync(string path, string value) => kernel.Sysfs.WriteAsync(path, value);

    private TreeEntry? FindSysfs(string[] steps)
    {
        // The last step may be a link, which is shown, not followed.
        if (steps.Length > 0 && Resolve(steps[..^1]) is { Directory: null, Attribute: null } parent && parent.Owner.Links.TryGetValue(steps[^1], out KObject? target))
        {
            return TreeEntry.Link(SysfsDump.LinkText(parent.Owner, target));
        }

        return Resolve(steps) switch
        {
            null => null,
            { Attribute: { } attribute } => TreeEntry.Attribute((int)attribute.Mode),
            _ => TreeEntry.Directory,
        };
    }

    private SysfsNode? Resolve(string[] steps) => kernel.Sysfs.Find(string.Join('/', steps));

    private Device? FindDevice(string nodeName) => NodeDevices().FirstOrDefault(device => device.NodeName == nodeName);

    private IEnumerable<string> Nodes() => NodeDevices().Select(device => device.NodeName).OfType<string>();

    private IEnumerable<Device> NodeDevices() => kernel.Cxl.Bus.Devices.Concat(kernel.Dax.Bus.Devices).Where(device => device.NodeName is not null);
}
