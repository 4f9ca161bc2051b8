using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Memory from which large contiguous stretches can be had (<c>mm/cma.c</c>, struct cma).</summary>
/// <param name="Name">Who asked for it: <c>reserved</c>, <c>pernumaN</c>, <c>numaN</c>, <c>hugetlbN</c>.</param>
/// <param name="Range">Boot RAM; multiples of 2 MiB.</param>
/// <param name="Node">The node that it lies on.</param>
public sealed record CmaArea(string Name, AddressRange Range, int Node)
{
    public PageRange Pages { get; } = new(Range.Start.Value >> 12, Range.Size / ByteSize.Page);
}
