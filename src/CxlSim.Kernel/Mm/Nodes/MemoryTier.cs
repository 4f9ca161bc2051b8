using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>Nodes of about the same speed (<c>struct memory_tier</c>).</summary>
public sealed class MemoryTier(int id) : Device("memory_tier" + id.ToString(CultureInfo.InvariantCulture))
{
    private static readonly AttributeGroup Attributes = new(Attr<MemoryTier>.ReadOnly("nodelist", tier => ListFormat.Of(tier.Nodes)));

    /// <summary>Abstract distance divided by 128; lower is faster.</summary>
    public int Id => id;

    public SortedSet<int> Nodes { get; } = [];

    protected override IReadOnlyList<AttributeGroup> DeviceGroups => [Attributes];
}
