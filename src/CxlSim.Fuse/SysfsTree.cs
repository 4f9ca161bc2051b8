using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Fuse;

/// <summary>/sys: the objects of the kernel model.</summary>
internal sealed class SysfsTree(LinuxKernel kernel) : IFileTree
{
    public TreeEntry? Find(string[] steps)
    {
        // The last step may be a link, which is shown, not followed.
        if (steps.Length > 0
            && Resolve(steps[..^1]) is { Directory: null, Attribute: null } parent
            && parent.Owner.Links.TryGetValue(steps[^1], out KObject? target))
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

    public IEnumerable<string>? List(string[] steps)
    {
        if (Resolve(steps) is not { Attribute: null } node)
        {
            return null;
        }

        IEnumerable<string> names = node.Files().Select(file => file.Name).Concat(node.Directories());
        return node.Directory is null ? [.. names, .. node.Owner.Children.Keys, .. node.Owner.Links.Keys] : [.. names];
    }

    public (Errno Error, byte[] Bytes) Read(string[] steps)
    {
        AttributeValue value = kernel.Sysfs.Read(PathOf(steps));
        return (value.Error, value.Bytes);
    }

    public SimTask<Errno> WriteAsync(string[] steps, string value) => kernel.Sysfs.WriteAsync(PathOf(steps), value);

    private static string PathOf(string[] steps) => "/sys/" + string.Join('/', steps);

    private SysfsNode? Resolve(string[] steps) => kernel.Sysfs.Find(PathOf(steps));
}
