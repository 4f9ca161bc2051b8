using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>From a member's bytes to the region's addresses (<c>cxl_dpa_to_hpa</c>).</summary>
public sealed partial class CxlRegion
{
    /// <summary>How trace events tell where a byte of a member is.</summary>
    internal TracedPlace TracedAt(CxlMemdev memdev, Dpa dpa) => new(Name, new Guid(Uuid), ToHpa(memdev, dpa), CacheSize);

    /// <summary>The address at which a CPU finds a byte of a member; null where that is not in the region.</summary>
    public Hpa? ToHpa(CxlMemdev memdev, Dpa dpa)
    {
        if (Targets.FirstOrDefault(target => target?.Memdev == memdev) is not { Dpa: { } allocation } member || Resource is null || dpa < allocation.Start)
        {
            return null;
        }

        ulong offset = (dpa - allocation.Start).Bytes;
        UnalignedThreeWay unaligned = new(DecodedRange.Start, Root.Ways, Root.Granularity, Ways, Granularity);
        if (unaligned.Applies && _cxl.Core.Config.Has(KernelChange.UnalignedThreeWayRegions))
        {
            return unaligned.ToHpa(offset, member.Position) is { } address && DecodedRange.Contains(address) ? address : null;
        }

        ulong unit = (ulong)Granularity;
        UInt128 decoded = DecodedRange.Start.Value + ((((UInt128)(offset / unit)) * (uint)Ways) + (uint)member.Position) * unit + (offset % unit);
        if (decoded > ulong.MaxValue)
        {
            return null;
        }

        Hpa found = new((ulong)decoded);
        found = Root.XorMaps?.Restore(found) ?? found;
        return DecodedRange.Contains(found) ? found : null;
    }
}
