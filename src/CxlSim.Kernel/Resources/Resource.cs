using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A named range of physical addresses and what lies in it (<c>kernel/resource.c</c>, struct resource).</summary>
public sealed class Resource(string name, AddressRange range, ResourceFlags flags)
{
    public string Name { get; set; } = name;

    public AddressRange Range { get; internal set; } = range;

    public ResourceFlags Flags { get; set; } = flags;

    public Resource? Parent { get; internal set; }

    /// <summary>Sorted by address; they never overlap.</summary>
    public IReadOnlyList<Resource> Children => ChildList;

    internal List<Resource> ChildList { get; } = [];

    public override string ToString() => $"{Range} {Name}";
}
