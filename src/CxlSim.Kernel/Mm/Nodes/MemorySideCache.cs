using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>nodeN/memory_side_cache/indexL (<c>drivers/base/node.c</c>, struct node_cache_info).</summary>
public sealed class MemorySideCache(HmatCacheLevel cache, bool showsAddressMode) : Device("index" + cache.Level.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(
        Attr<MemorySideCache>.ReadOnly("address_mode", device => device._cache.AddressMode == 0 ? "0" : $"0x{device._cache.AddressMode:x}", visible: device => device._showsAddressMode),
        File("indexing", c => (ulong)c.Indexing),
        File("line_size", c => (ulong)c.LineSize),
        File("size", c => c.Size),
        File("write_policy", c => (ulong)c.WritePolicy));

    private readonly HmatCacheLevel _cache = cache;
    private readonly bool _showsAddressMode = showsAddressMode;

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];

    private static KAttribute File(string name, Func<HmatCacheLevel, ulong> value) =>
        Attr<MemorySideCache>.ReadOnly(name, device => value(device._cache).ToString(CultureInfo.InvariantCulture));
}
