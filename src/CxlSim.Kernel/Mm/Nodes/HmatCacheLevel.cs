using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>A cache between a node's memory and who accesses it (<c>include/linux/node.h</c>, struct node_cache_attrs).</summary>
/// <param name="Level">1 is the nearest to the CPUs.</param>
/// <param name="Size">Bytes.</param>
/// <param name="LineSize">Bytes.</param>
/// <param name="Indexing">0 direct mapped, 1 complex, 2 something else.</param>
/// <param name="WritePolicy">0 write back, 1 write through, 2 something else.</param>
public sealed record HmatCacheLevel(int Level, ulong Size, int LineSize, int Indexing, int WritePolicy)
{
    private const int Other = 2;

    /// <summary>0 unknown; 1: its memory and what it caches are one range, and both count as memory.</summary>
    public int AddressMode { get; init; }

    public static HmatCacheLevel Of(in HmatCache record)
    {
        uint attributes = record.Attributes;
        return new HmatCacheLevel(
            Field(attributes, HmatCache.LevelShift),
            record.CacheSize,
            (int)(attributes >> HmatCache.LineSizeShift),
            Kind(Field(attributes, HmatCache.AssociativityShift)),
            Kind(Field(attributes, HmatCache.WritePolicyShift)))
        {
            AddressMode = record.AddressMode,
        };
    }

    private static int Field(uint attributes, int shift) => (int)((attributes >> shift) & HmatCache.FieldMask);

    /// <summary>Both fields count 1 and 2 for what sysfs calls 0 and 1.</summary>
    private static int Kind(int value) => value is 1 or 2 ? value - 1 : Other;
}
