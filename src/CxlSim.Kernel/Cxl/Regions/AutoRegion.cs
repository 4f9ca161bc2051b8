using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Kernel;

/// <summary>Puts decoders that firmware committed together to a region (<c>cxl_add_to_region</c> in <c>drivers/cxl/core/region.c</c>).</summary>
public static class AutoRegion
{
    /// <summary>A decoder joins the region of its addresses; the first one makes it, the last one brings it up.</summary>
    public static async SimTask<Errno> AddAsync(LinuxKernel kernel, CxlEndpointDecoder decoder)
    {
        using FrameScope frame = kernel.Simulation.Enter("cxl_add_to_region", decoder.Name);
        AddressRange range = decoder.Range!.Value;
        CxlRootDecoder? root = decoder.Port.Root.Decoders.OfType<CxlRootDecoder>().FirstOrDefault(window => window.Range!.Value.Contains(range));
        if (root is null)
        {
            kernel.Log.Error(decoder.Memdev.Host, $"{Label(decoder)} no CXL window for range {range.Start}:{range.Last}");
            kernel.Findings.Report(KernelRules.DecoderWithoutWindow, decoder.Memdev.Place, $"{Label(decoder)} committed for {range}, which no window of Linux has");
            return Errno.ENXIO;
        }

        CxlRegion region;
        Errno error;
        using (await kernel.Cxl.RegionLock.LockAsync())
        {
            region = root.Children.Values.OfType<CxlRegion>().FirstOrDefault(found => found.Resource is not null && found.DecodedRange == range) ?? await ConstructAsync(kernel, root, decoder);
            error = region.AttachAuto(decoder);
            if (error != Errno.Ok)
            {
                string refusal = $"{region.Name} and {Label(decoder)} that do not fit: {kernel.Refusals.All[^1].Reason} ({error})";
                kernel.Findings.Report(region.TargetCount < region.Ways ? KernelRules.RegionMember : KernelRules.RegionAssembly, decoder.Memdev.Place, refusal);
            }
        }

        if (error == Errno.Ok && region.State == RegionState.Commit && !region.IsBound)
        {
            await kernel.Cxl.Bus.AttachAsync(region); // the region alone: a memdev without a driver waits for the lock that is held here
        }

        return error;
    }

    private static async SimTask<CxlRegion> ConstructAsync(LinuxKernel kernel, CxlRootDecoder root, CxlEndpointDecoder decoder)
    {
        AddressRange range = decoder.Range!.Value;
        CxlRegion region = await root.AddRegionAsync(decoder.Mode);
        ByteSize cache = CacheBefore(kernel, region, range);
        region.AdoptAuto(new Resource(region.Name, AddressRange.FromBounds(new Hpa(range.Start.Value - cache.Bytes), range.Last), ResourceFlags.None), decoder.Ways, decoder.Granularity, cache);
        if (root.Window is null || ResourceTree.Insert(root.Window, region.Resource!) is not null)
        {
            kernel.Log.Warning(decoder.Memdev.Host, $"{Label(decoder)}: {root.Name} {region.Name} cannot insert resource");
        }

        kernel.Log.Debug(
            decoder.Memdev.Host,
            $"{Label(decoder)}: construct_region {region.Name} res: {MemFormat.Resource(region.Resource!.Range)} iw: {region.Ways} ig: {region.Granularity}");
        kernel.Milestone("RegionAssembly", region.Name);
        return region;
    }

    /// <summary>Only a cache as large as the memory, which it lies before (<c>cxl_extended_linear_cache_resize</c>).</summary>
    private static ByteSize CacheBefore(LinuxKernel kernel, CxlRegion region, AddressRange range)
    {
        ByteSize cache = kernel.Config.Has(KernelChange.ExtendedLinearCache) ? kernel.Hmat.ExtendedLinearCache(kernel.Numa.TargetNode(range.Start)) : ByteSize.Zero;
        if (cache.IsZero || (cache == range.Size && cache.Bytes <= range.Start.Value))
        {
            return cache;
        }

        kernel.Log.Warning(region, $"an extended linear cache of {cache} before {range.Size} of memory is not supported");
        return ByteSize.Zero;
    }

    private static string Label(CxlEndpointDecoder decoder) => $"{decoder.Memdev.Name}:{decoder.Name}";
}
