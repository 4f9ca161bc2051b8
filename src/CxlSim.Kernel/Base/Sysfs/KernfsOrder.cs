namespace CxlSim.Kernel;

/// <summary>In which order a directory of sysfs lists its names: by their hash (<c>kernfs_name_hash</c>, <c>kernfs_name_compare</c> in <c>fs/kernfs/dir.c</c>).</summary>
public static class KernfsOrder
{
    /// <summary>2^64 divided by the golden ratio, as <c>include/linux/hash.h</c> has it.</summary>
    private const ulong GoldenRatio = 0x61c8_8646_80b5_83eb;

    /// <summary>What a directory shows for itself and its parent comes first, so no name gets these numbers.</summary>
    private const uint FirstHash = 2;

    public static IEnumerable<string> Sort(IEnumerable<string> names) => names.OrderBy(Hash).ThenBy(name => name, StringComparer.Ordinal);

    public static uint Hash(string name)
    {
        ulong hash = 0;
        foreach (char letter in name)
        {
            hash = unchecked((hash + ((ulong)letter << 4) + ((ulong)letter >> 4)) * 11);
        }

        uint folded = (uint)(unchecked(hash * GoldenRatio) >> 32) & int.MaxValue;
        return folded < FirstHash ? folded + FirstHash : Math.Min(folded, int.MaxValue - 1);
    }
}
