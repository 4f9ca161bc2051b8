using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>nodeN/memory_side_cache/indexL (<c>drivers/base/node.c</c>, struct node_cache_info).</summary>
public sealed class MemorySideCache(HmatCacheLevel cache) : Device("index" + cache.Level.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
        File("indexing", c => (ulong)c.Indexing),
        File("line_size", c => (ulong)c.LineSize),
        File("size", c => c.Size),
        File("write_policy", c => (ulong)c.WritePolicy));

    private readonly HmatCacheLevel _cache = cache;

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    private static KAttribute File(string name, Func<HmatCacheLevel, ulong> value) =>
        Attr<MemorySideCache>.ReadOnly(name, device => value(device._cache).ToString(CultureInfo.InvariantCulture));
}
