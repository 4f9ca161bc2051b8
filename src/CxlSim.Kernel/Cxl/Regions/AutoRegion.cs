using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Puts decoders that firmware committed together to a region (<c>cxl_add_to_region</c> in <c>drivers/cxl/core/region.c</c>).</summary>
public static class AutoRegion
{
    /// <summary>A decoder joins the region of its addresses; the first one makes it, the last one brings it up.</summary>
    public static async SimTask<Errno> AddAsync(CxlCore cxl, CxlEndpointDecoder decoder)
    {
        using FrameScope frame = cxl.Core.Simulation.Enter("cxl_add_to_region", decoder.Name);
        AddressRange range = decoder.Range!.Value;
        CxlRootDecoder? root = decoder.Port.Root.Decoders.OfType<CxlRootDecoder>().FirstOrDefault(window => window.Range!.Value.Contains(range));
        if (root is null)
        {
            cxl.Core.Log.Error(decoder.Memdev.Host, $"{Label(decoder)} no CXL window for range {range.Start}:{range.Last}");
            cxl.Core.Findings.Report(KernelRules.DecoderWithoutWindow, decoder.Memdev.Place, $"{Label(decoder)} committed for {range}, which no window of Linux has");
            return Errno.ENXIO;
        }

        if (decoder.Mode is not (DecoderMode.Ram or DecoderMode.Pmem))
        {
            cxl.Core.Log.Error(decoder.Memdev.Host, $"{Label(decoder)} begins in volatile memory and ends in persistent: no region is made of it");
            cxl.Core.Findings.Report(KernelRules.RegionMember, decoder.Memdev.Place, $"{Label(decoder)} committed for volatile and persistent memory at once");
            return Errno.EINVAL;
        }

        CxlRegion region;
        Errno error;
        using (await cxl.RegionLock.LockAsync())
        {
            region = root.Children.Values.OfType<CxlRegion>().FirstOrDefault(found => found.Resource is not null && found.DecodedRange == range) ?? await ConstructAsync(cxl, root, decoder);
            error = region.AttachAuto(decoder);
            if (error != Errno.Ok)
            {
                string refusal = $"{region.Name} and {Label(decoder)} that do not fit: {cxl.Core.Refusals.All[^1].Reason} ({error})";
                cxl.Core.Findings.Report(region.TargetCount < region.Ways ? KernelRules.RegionMember : KernelRules.RegionAssembly, decoder.Memdev.Place, refusal);
            }
        }

        if (error == Errno.Ok && region.State == RegionState.Commit && !region.IsBound)
        {
            await cxl.Bus.AttachAsync(region); // the region alone: a memdev without a driver waits for the lock that is held here
        }

        return error;
    }

    private static async SimTask<CxlRegion> ConstructAsync(CxlCore cxl, CxlRootDecoder root, CxlEndpointDecoder decoder)
    {
        AddressRange range = decoder.Range!.Value;
        CxlRegion region = await root.AddRegionAsync(decoder.Mode);
        ByteSize cache = CacheBefore(cxl, region, range);
        region.AdoptAuto(new Resource(region.Name, AddressRange.FromBounds(new Hpa(range.Start.Value - cache.Bytes), range.Last), ResourceFlags.None), decoder.Ways, decoder.Granularity, cache);
        if (root.Window is null || ResourceTree.Insert(root.Window, region.Resource!) is not null)
        {
            cxl.Core.Log.Warning(decoder.Memdev.Host, $"{Label(decoder)}: {root.Name} {region.Name} cannot insert resource");
        }

        cxl.Core.Log.Debug(
            decoder.Memdev.Host,
            $"{Label(decoder)}: construct_region {region.Name} res: {MemFormat.Resource(region.Resource!.Range)} iw: {region.Ways} ig: {region.Granularity}");
        cxl.Core.Milestone("RegionAssembly", region.Name);
        return region;
    }

    /// <summary>Only a cache as large as the memory, which it lies before (<c>cxl_extended_linear_cache_resize</c>).</summary>
    private static ByteSize CacheBefore(CxlCore cxl, CxlRegion region, AddressRange range)
    {
        ByteSize cache = cxl.Core.Config.Has(KernelChange.ExtendedLinearCache) ? cxl.Hmat.ExtendedLinearCache(cxl.Numa.TargetNode(range.Start)) : ByteSize.Zero;
        if (cache.IsZero || (cache == range.Size && cache.Bytes <= range.Start.Value))
        {
            return cache;
        }

        cxl.Core.Log.Warning(region, $"an extended linear cache of {cache} before {range.Size} of memory is not supported");
        return ByteSize.Zero;
    }

    private static string Label(CxlEndpointDecoder decoder) => $"{decoder.Memdev.Name}:{decoder.Name}";
}
