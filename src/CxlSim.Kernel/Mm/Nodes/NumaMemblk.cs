using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A range of addresses and the node that they belong to (<c>mm/numa_memblks.c</c>, struct numa_memblk).</summary>
public readonly record struct NumaMemblk(AddressRange Range, int Node)
{
    public override string ToString() => $"node {Node} {MemFormat.Of(Range)}";
}
