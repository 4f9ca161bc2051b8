using System.Globalization;
using System.Text;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>A part of sysfs as lines: <c>path = value</c>, <c>path -> target</c>, <c>path ! error</c>, <c>path # length:hex</c>, <c>path/ (device)</c>.</summary>
public sealed class SysfsDump
{
    private readonly StringBuilder _text = new();
    private readonly bool _intoDevices;

    private SysfsDump(bool intoDevices) => _intoDevices = intoDevices;

    /// <param name="root">Where to begin.</param>
    /// <param name="intoDevices">Whether to go on into directories that are devices of their own.</param>
    public static string Render(KObject root, bool intoDevices = false)
    {
        SysfsDump dump = new(intoDevices);
        dump.Walk(new SysfsNode(root, null, null), "/sys" + root.Path);
        return dump._text.ToString();
    }

    /// <summary>The text of a symbolic link that stands in a directory. The way down always names the target itself, also where it lies above (<c>fs/kernfs/symlink.c</c>).</summary>
    public static string LinkText(KObject directory, KObject target)
    {
        string[] from = directory.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string[] to = target.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int common = 0;
        while (common < from.Length && common < to.Length - 1 && from[common] == to[common])
        {
            common++;
        }

        return string.Concat(Enumerable.Repeat("../", from.Length - common)) + string.Join('/', to[common..]);
    }

    private void Walk(SysfsNode node, string path)
    {
        foreach (KAttribute attribute in node.Files())
        {
            Append(node.Owner, attribute, $"{path}/{attribute.Name}");
        }

        foreach (string directory in node.Directories())
        {
            Walk(new SysfsNode(node.Owner, directory, null), $"{path}/{directory}");
        }

        if (node.Directory is not null)
        {
            return;
        }

        foreach ((string name, KObject target) in node.Owner.Links)
        {
            Line($"{path}/{name} -> {LinkText(node.Owner, target)}");
        }

        foreach ((string name, KObject child) in node.Owner.Children)
        {
            if (child.Links.ContainsKey("subsystem") && !_intoDevices)
            {
                Line($"{path}/{name}/ (device)");
            }
            else
            {
                Walk(new SysfsNode(child, null, null), $"{path}/{name}");
            }
        }
    }

    private void Append(KObject owner, KAttribute attribute, string path)
    {
        if (!attribute.CanRead)
        {
            Line($"{path} ! (write-only)");
            return;
        }

        AttributeValue value = attribute.Show(owner);
        if (value.Error != Errno.Ok)
        {
            Line($"{path} ! {value.Error}");
        }
        else if (value.Bytes.Any(b => b is (< 32 and not (byte)'\n' and not (byte)'\t') or > 126))
        {
            Line(string.Create(CultureInfo.InvariantCulture, $"{path} # {value.Bytes.Length}:{Convert.ToHexStringLower(value.Bytes)}"));
        }
        else
        {
            Line($"{path} = {value.Text.Replace("\n", "\\n", StringComparison.Ordinal)}");
        }
    }

    private void Line(string line) => _text.Append(line).Append('\n');
}
