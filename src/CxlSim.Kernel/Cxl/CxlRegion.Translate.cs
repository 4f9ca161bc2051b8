using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>From a member's bytes to the region's addresses (<c>cxl_dpa_to_hpa</c>).</summary>
public sealed partial class CxlRegion
{
    /// <summary>The address at which a byte of a member shows in the region; null where it does not.</summary>
    public Hpa? ToHpa(CxlMemdev memdev, Dpa address)
    {
        if (Targets.FirstOrDefault(target => target?.Memdev == memdev) is not { Dpa: { } allocation } member || Resource is not { } resource || address < allocation.Start)
        {
            return null;
        }

        ulong offset = (address - allocation.Start).Bytes;
        ulong unit = (ulong)Granularity;
        UInt128 inRegion = ((((UInt128)(offset / unit)) * (uint)Ways) + (uint)member.Position) * unit + (offset % unit);
        return inRegion < resource.Range.Size.Bytes ? resource.Range.Start + new ByteSize((ulong)inRegion) : null;
    }
}
