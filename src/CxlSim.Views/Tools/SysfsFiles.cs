using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>sysfs as a program of the superuser finds it: texts, numbers, links, and directories in their own order.</summary>
internal sealed class SysfsFiles(LinuxKernel kernel)
{
    /// <summary>Null where the file cannot be read.</summary>
    public string? Text(string path) => kernel.Sysfs.Read(path) is { Error: Errno.Ok } value ? value.Text : null;

    /// <summary>Null where the file cannot be read; 0 where it holds no number.</summary>
    public ulong? Number(string path) => Text(path) is { } text ? CNumber.Unsigned(text, out _) : null;

    /// <summary>The same for a number that may have a sign.</summary>
    public int? Signed(string path) => Number(path) is { } number ? unchecked((int)number) : null;

    public bool Exists(string path) => kernel.Sysfs.Find(path) is not null;

    /// <summary>Where links lead in the end; null where nothing is there.</summary>
    public string? RealPath(string path) => kernel.Sysfs.Find(path) switch
    {
        null => null,
        { Attribute: { } attribute } node => $"{Directory(node)}/{attribute.Name}",
        { } node => Directory(node),
    };

    /// <summary>Whether a driver is bound to a device.</summary>
    public bool IsBound(string path) => kernel.Sysfs.Find(path) is { Attribute: null, Directory: null } node && node.Owner.Links.ContainsKey("driver");

    public IEnumerable<string> Names(string path) => kernel.Sysfs.Find(path)?.Names() ?? [];

    /// <summary>What of a directory begins with a prefix and a number, in the directory's order.</summary>
    public IEnumerable<(int Id, string Path)> Numbered(string directory, string prefix)
    {
        foreach (string name in Names(directory).Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            int at = prefix.Length;
            if (CNumber.Decimal(name, ref at) is { } id)
            {
                yield return (id, $"{directory}/{name}");
            }
        }
    }

    /// <summary>The last step of a path.</summary>
    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private static string Directory(SysfsNode node) => "/sys" + node.Owner.Path + (node.Directory is null ? string.Empty : $"/{node.Directory}");
}
