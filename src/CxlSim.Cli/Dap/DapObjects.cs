using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Objects of the kernel as variables: attributes, links, and what stands below.</summary>
internal sealed class DapObjects(DapState state)
{
    private const int LongestBinary = 64;

    private Sysfs? Sysfs => state.Machine.Kernel?.Sysfs;

    /// <summary>What an object, or an attribute directory of it, holds.</summary>
    public IReadOnlyList<DapVariable> Of(SysfsNode node)
    {
        KObject owner = node.Owner;
        string path = "/sys" + owner.Path + (node.Directory is null ? string.Empty : "/" + node.Directory);
        IEnumerable<DapVariable> attributes = node.Files().Select(attribute => Attribute(owner, attribute, $"{path}/{attribute.Name}"));
        IEnumerable<DapVariable> directories = node.Directories().Select(directory => Directory(directory, new SysfsNode(owner, directory, null), $"{path}/{directory}"));
        if (node.Directory is not null)
        {
            return [.. attributes];
        }

        IEnumerable<DapVariable> children = owner.Children.Select(child => Directory(child.Key, new SysfsNode(child.Value, null, null), $"{path}/{child.Key}"));
        IEnumerable<DapVariable> links = owner.Links.Select(link => Directory(link.Key, new SysfsNode(link.Value, null, null), "/sys" + link.Value.Path) with { Value = $"-> {link.Value.Name}" });
        return [.. attributes, .. directories, .. children, .. links];
    }

    /// <summary>An object by its name, or a path: below /sys, or from an object by its name. Null where there is none.</summary>
    public DapVariable? Find(string text)
    {
        if (Sysfs is not { } sysfs || text.Length == 0)
        {
            return null;
        }

        SysfsNode? node = ObjectPath.Find(sysfs, text);
        return node switch
        {
            null => null,
            { Attribute: { } attribute } file => Attribute(file.Owner, attribute, $"/sys{file.Owner.Path}{(file.Directory is null ? "" : "/" + file.Directory)}/{attribute.Name}"),
            { } directory => Directory(text, directory, "/sys" + directory.Owner.Path),
        };
    }

    /// <summary>An object by its name; null where there is none.</summary>
    public SysfsNode? Named(string name) => Sysfs is { } sysfs ? ObjectPath.Named(sysfs, name) : null;

    private static string ValueOf(KObject owner, KAttribute attribute)
    {
        if (!attribute.CanRead)
        {
            return "(write-only)";
        }

        AttributeValue value = attribute.Show(owner);
        return value.Error != Errno.Ok ? $"({value.Error})"
            : value.Bytes.Any(b => b is (< 32 and not (byte)'\n' and not (byte)'\t') or > 126) ? $"{value.Bytes.Length} bytes: {Convert.ToHexStringLower(value.Bytes.AsSpan(0, Math.Min(LongestBinary, value.Bytes.Length)))}"
            : value.Text;
    }

    private DapVariable Attribute(KObject owner, KAttribute attribute, string path) => new(attribute.Name, ValueOf(owner, attribute))
    {
        Expression = path,
        Watch = attribute.CanWrite ? $"attribute {path}" : null,
        Set = attribute.CanWrite ? value => Write(path, value) : null,
    };

    private DapVariable Directory(string name, SysfsNode node, string path) => new(name, string.Empty) { Expression = path, Children = () => Of(node) };

    private Errno? Write(string path, string value)
    {
        state.Stop = state.Session.Set(path, value, out Errno? error);
        return error;
    }
}
