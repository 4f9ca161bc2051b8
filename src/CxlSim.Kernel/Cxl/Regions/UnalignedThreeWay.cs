using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>From DPA to HPA where the window has 3, 6 or 12 targets and the region does not begin with the first of them: absolute bits decide which bridge
/// an address belongs to, so each bridge's chunk is tried (<c>drivers/cxl/core/region.c</c>, from 7.0).</summary>
/// <remarks>Unsure is what guards the step back through a bridge's ports: here it is taken wherever a bridge has several members.</remarks>
/// <param name="Start">Of the region.</param>
/// <param name="RootWays">Targets of the window.</param>
/// <param name="RootGranularity">Bytes for each of them.</param>
/// <param name="Ways">Members of the region.</param>
/// <param name="Granularity">Bytes for each of them.</param>
internal readonly record struct UnalignedThreeWay(Hpa Start, int RootWays, int RootGranularity, int Ways, int Granularity)
{
    private const ulong WindowUnit = 256UL << 20;

    /// <summary>Whether it is such a region: its base is no multiple of 256 MiB for each of the window's targets.</summary>
    public bool Applies => RootWays % 3 == 0 && Start.Value % ((ulong)RootWays * WindowUnit) != 0;

    /// <param name="offset">Into the member's share.</param>
    /// <param name="position">The member's, in the region.</param>
    /// <returns>Null where no bridge's chunk fits, or the address would not fit into 64 bits.</returns>
    public Hpa? ToHpa(ulong offset, int position)
    {
        int membersPerBridge = Ways / RootWays;
        UInt128 atBridge = membersPerBridge > 1 ? Restore(offset, position % membersPerBridge, (ulong)Granularity, membersPerBridge) : offset;
        for (int bridge = 0; bridge < RootWays; bridge++)
        {
            UInt128 address = Start.Value + Restore(atBridge, bridge, (ulong)RootGranularity, RootWays);
            if (address <= ulong.MaxValue && address / (ulong)RootGranularity % (ulong)RootWays == (ulong)(position / membersPerBridge))
            {
                return new Hpa((ulong)address);
            }
        }

        return null;
    }

    /// <summary>Makes room for the other positions' chunks.</summary>
    private static UInt128 Restore(UInt128 address, int position, ulong granularity, int ways) =>
        (address / granularity * granularity * (uint)ways) + ((uint)position * granularity) + (address % granularity);
}
