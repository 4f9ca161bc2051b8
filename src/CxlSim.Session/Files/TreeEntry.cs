using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>What stands at a path of the mount.</summary>
/// <param name="Kind">Directory, file, link or character device.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Size">Bytes that stat shows: a page for an attribute, as in sysfs.</param>
/// <param name="Target">Text of a link.</param>
/// <param name="Device">Major and minor of a character device.</param>
public readonly record struct TreeEntry(TreeEntryKind Kind, int Mode, long Size, string? Target, (int Major, int Minor) Device)
{
    public static TreeEntry Directory => new(TreeEntryKind.Directory, 0x1ed, 0, null, default); // 0755

    /// <summary>Stores to mapped memory must have arrived where it shows.</summary>
    public bool IsBehindMappings { get; init; }

    public static TreeEntry Attribute(int mode, long size) => new(TreeEntryKind.File, mode, size, null, default);

    public static TreeEntry Text(int mode) => new(TreeEntryKind.File, mode, 0, null, default);

    /// <summary>Memory that is read, written and mapped like a file.</summary>
    public static TreeEntry Memory(int mode, ByteSize size) => new(TreeEntryKind.File, mode, checked((long)size.Bytes), null, default);

    public static TreeEntry Link(string target) => new(TreeEntryKind.Link, 0x1ff, target.Length, target, default); // 0777

    public static TreeEntry CharacterDevice(int mode, (int Major, int Minor) device) => new(TreeEntryKind.CharacterDevice, mode, 0, null, device);
}
