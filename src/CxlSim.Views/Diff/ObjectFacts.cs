using System.Security.Cryptography;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>Objects below /sys/devices with their drivers and attributes. What has a section of its own is left out: memory blocks, what nodes say of themselves, tiers.</summary>
internal static class ObjectFacts
{
    private const string Driver = "driver";

    /// <summary>One repeats what driver and attributes say, the other numbers nodes in the order of probes.</summary>
    private static readonly string[] Untold = ["uevent", "dev"];

    public static IReadOnlyList<DiffFact> Of(LinuxKernel kernel)
    {
        List<DiffFact> facts = [];
        Walk(kernel.Sysfs.Devices, facts);
        return facts;
    }

    /// <summary>Of an object that only one machine has, its attributes are not told, nor are plain directories below it.</summary>
    public static IEnumerable<DiffEntry> Reduce(IReadOnlyList<DiffEntry> entries)
    {
        HashSet<string> single = [.. entries.Where(entry => IsObject(entry) && entry.Change != "changed").Select(entry => entry.What)];
        return entries.Where(entry => (IsObject(entry) && IsDevice(entry)) || !IsBelow(single, entry.What));
    }

    private static bool IsObject(DiffEntry entry) => entry.What.EndsWith('/');

    private static bool IsDevice(DiffEntry entry) => (entry.Old ?? entry.New) != string.Empty;

    private static bool IsBelow(HashSet<string> objects, string path)
    {
        string above = path;
        do
        {
            above = above[..(above.TrimEnd('/').LastIndexOf('/') + 1)];
        }
        while (above.Length > 1 && !objects.Contains(above));

        return above.Length > 1;
    }

    private static void Walk(KObject owner, List<DiffFact> facts)
    {
        string path = $"/sys{owner.Path}/";
        facts.Add(new DiffFact(path, owner is Device device ? device.DeviceType ?? device.Bus?.Name ?? "device" : string.Empty));
        if (owner is Device { Driver: { } driver })
        {
            facts.Add(new DiffFact(path + Driver, driver.Name));
        }

        if (owner is not NumaNode)
        {
            AddFiles(new SysfsNode(owner, null, null), path, facts);
        }

        foreach (KObject child in owner.Children.Values.Where(child => child is not (MemoryBlock or MemoryTier)))
        {
            Walk(child, facts);
        }
    }

    private static void AddFiles(SysfsNode node, string path, List<DiffFact> facts)
    {
        facts.AddRange(node.Files().Where(file => file.CanRead && !Untold.Contains(file.Name)).Select(file => new DiffFact(path + file.Name, Value(file.Show(node.Owner)))));
        foreach (string directory in node.Directories())
        {
            AddFiles(node with { Directory = directory }, $"{path}{directory}/", facts);
        }
    }

    private static string Value(AttributeValue value)
    {
        if (value.Error != Errno.Ok)
        {
            return value.Error.ToString();
        }

        return Array.Exists(value.Bytes, letter => letter is (< 32 and not (byte)'\n' and not (byte)'\t') or > 126)
            ? $"{value.Bytes.Length} bytes, sha256 {Convert.ToHexStringLower(SHA256.HashData(value.Bytes))[..8]}"
            : value.Text;
    }
}
