using System.Text;
using System.Text.RegularExpressions;
using CxlSim.Fuse.Native;

namespace CxlSim.Fuse;

/// <summary>What an open file of another process is: one of our memdev nodes, or something that is none of our business.</summary>
internal static unsafe partial class TargetFile
{
    private const uint TypeMask = 0xf000;
    private const uint CharacterDevice = 0x2000;

    /// <summary>The null device, as <c>makedev</c> packs 1:3: memdevs have its number, so that opening one leads to a driver of the host that does nothing.</summary>
    private const ulong OpenableDevice = (1 << 8) | 3;

    /// <summary>The name of the memdev; null for another file. All our nodes have the numbers of one device of the host, so the path tells them apart.</summary>
    public static string? MemdevOf(int task, int descriptor)
    {
        string link = $"/proc/{task}/fd/{descriptor}";
        try
        {
            Match name = NodePath().Match(new FileInfo(link).LinkTarget ?? string.Empty);
            return name.Success && IsOpenableDevice(link) ? name.Groups[1].Value : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>True also where it cannot be told: then the node has gone with its device, and only ours do that.</summary>
    private static bool IsOpenableDevice(string path)
    {
        Stat stat;
        fixed (byte* text = Encoding.UTF8.GetBytes(path + '\0'))
        {
            return LibC.SystemCall(LibC.FileStatus, LibC.CurrentFolder, (nint)text, &stat, 0) != 0
                || ((stat.Mode & TypeMask) == CharacterDevice && stat.SpecialDevice == OpenableDevice);
        }
    }

    /// <summary>Seen from outside, a path begins with the root that the process was put in.</summary>
    [GeneratedRegex("/dev/cxl/(mem[0-9]+)(?: \\(deleted\\))?$")]
    private static partial Regex NodePath();
}
