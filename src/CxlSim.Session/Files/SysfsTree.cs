using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>/sys: the objects of the kernel model.</summary>
internal sealed class SysfsTree(MachineSession session) : IFileTree
{
    /// <summary>A dax device that can be mapped is a regular file of the mount, without a device number; this is where daxctl then looks for its bus.</summary>
    private static readonly string[] DaxNumber = ["dev", "char", "0:0"];

    /// <summary>The file system that is mounted on /sys/kernel/tracing.</summary>
    private readonly TracingTree _tracing = new(session);

    public TreeEntry? Find(ReadOnlySpan<string> steps)
    {
        if (steps is ["kernel", "tracing", .. var traced])
        {
            return _tracing.Find(traced);
        }

        if (steps is [.. var number, "subsystem"] && number.SequenceEqual(DaxNumber))
        {
            return TreeEntry.Link("../../../bus/dax");
        }

        if (steps.Length is > 0 and <= 3 && steps.SequenceEqual(DaxNumber.AsSpan(0, steps.Length)))
        {
            return TreeEntry.Directory;
        }

        if (steps.Length == 0)
        {
            return TreeEntry.Directory;
        }

        // The last step may be a link, which is shown, not followed.
        SysfsNode? above = Resolve(steps[..^1]);
        if (above is { Directory: null, Attribute: null } parent && parent.Owner.Links.TryGetValue(steps[^1], out KObject? target))
        {
            return TreeEntry.Link(SysfsDump.LinkText(parent.Owner, target));
        }

        return (above is { Attribute: null } directory ? directory.Child(steps[^1]) : null) switch
        {
            null => null,
            { Attribute: { } attribute } => TreeEntry.Attribute((int)attribute.Mode, attribute.Size),
            _ => TreeEntry.Directory,
        };
    }

    public IEnumerable<string>? List(ReadOnlySpan<string> steps)
    {
        if (steps is ["kernel", "tracing", .. var traced])
        {
            return _tracing.List(traced);
        }

        return Resolve(steps) is { Attribute: null } node ? node.Names() : null;
    }

    /// <summary>An open file holds the object, not the path: once the object is gone, reads and writes give ENODEV (<c>fs/kernfs/file.c</c>).</summary>
    public OpenResult Open(ReadOnlySpan<string> steps, OpenFlags flags)
    {
        if (steps is ["kernel", "tracing", .. var traced])
        {
            return _tracing.Open(traced, flags);
        }

        string path = PathOf(steps);
        if (Resolve(steps) is not { Attribute: { } attribute } node)
        {
            return Errno.ENOENT;
        }

        if ((flags.HasFlag(OpenFlags.Read) && !attribute.CanRead) || (flags.HasFlag(OpenFlags.Write) && !attribute.CanWrite))
        {
            return Errno.EACCES; // also for root: the file's mode decides, not the capability
        }

        KObject owner = node.Owner;
        return new SnapshotFile(
            () => IsThere() ? Read(attribute, owner) : FileBytes.Of(Errno.ENODEV),
            (offset, bytes) => IsThere() ? Write(offset, bytes) : Errno.ENODEV,
            () => session.Kernel.Sysfs.ChangesOf(owner, attribute.Name)) { OnlyWaits = attribute.OnlyWaits };

        bool IsThere() => session.Kernel.Sysfs.Holds(owner) && attribute.IsVisible(owner);

        SimTask<Errno> Write(long offset, byte[] bytes) => attribute is BinaryAttribute binary
            ? binary.StoreAt(owner, offset, bytes)
            : session.Kernel.Sysfs.WriteAsync(path, Encoding.Latin1.GetString(bytes));
    }

    public Errno MakeDirectory(ReadOnlySpan<string> steps) => steps is ["kernel", "tracing", .. var traced] ? _tracing.MakeDirectory(traced) : Errno.EPERM;

    public Errno RemoveDirectory(ReadOnlySpan<string> steps) => steps is ["kernel", "tracing", .. var traced] ? _tracing.RemoveDirectory(traced) : Errno.EPERM;

    private static FileBytes Read(KAttribute attribute, KObject owner)
    {
        AttributeValue value = attribute.Show(owner);
        return new FileBytes(value.Error, value.Bytes);
    }

    private static string PathOf(ReadOnlySpan<string> steps) => "/sys/" + string.Join('/', steps);

    private SysfsNode? Resolve(ReadOnlySpan<string> steps) => session.Kernel.Sysfs.Find(steps);
}
