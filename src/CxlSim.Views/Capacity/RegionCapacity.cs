using System.Globalization;
using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>Capacity that an endpoint decoder holds: how far it comes through region, dax device and memory blocks.</summary>
internal sealed class RegionCapacity(LinuxKernel kernel, CapacityCauses causes)
{
    public IEnumerable<CapacityPart> PartsOf(CxlEndpointDecoder decoder)
    {
        ByteSize share = decoder.Dpa!.Size;
        if (decoder.ListedIn is not { Resource: { } resource } region)
        {
            return [WithoutRegion(decoder, share)];
        }

        string way = string.Create(CultureInfo.InvariantCulture, $"{region.Root.Name} > {region.Name} {resource.Range.Start} {resource.Range.Size} x{region.Ways} > {decoder.Name}");
        if (region.State != RegionState.Commit)
        {
            (string why, string rule) = NotCommitted(region);
            return [Stranded(share, way, why, rule)];
        }

        if (region.Mode == DecoderMode.Ram && kernel.Iomem.FindOverlap(resource.Range, ResourceFlags.SystemRam | ResourceFlags.Busy) is not null && region.Children.Values.OfType<CxlDaxRegion>().FirstOrDefault() is null)
        {
            return [new CapacityPart(share, CapacityUse.InUse, $"{way} > System RAM", string.Empty)];
        }

        if (!region.IsBound)
        {
            (string why, string rule) = causes.OfObject(region.Name) is { } cause ? ($"{region.Name} has no driver: {cause.Why}", cause.Rule) : ($"{region.Name} has no driver", string.Empty);
            return [Stranded(share, way, why, rule)];
        }

        return region.Mode == DecoderMode.Ram ? Volatile(region, share, way) : [Persistent(region, share, way)];
    }

    private static CapacityPart Stranded(ByteSize size, string way, string why, string rule) => new(size, CapacityUse.Stranded, way, why, rule);

    private CapacityPart WithoutRegion(CxlEndpointDecoder decoder, ByteSize share)
    {
        if ((decoder.IsEnabled || decoder.IsAuto) && causes.OfMembers([decoder]) is { } said)
        {
            return Stranded(share, decoder.Name, said.Why, said.Rule);
        }

        string rest = decoder.IsEnabled
            ? $", still committed{(decoder.IsLocked ? " and locked" : string.Empty)}: a reset of the device frees it"
            : decoder.IsLocked ? ", locked in hardware: a reset of the device frees it"
            : "; write 0 to its dpa_size to free it";
        return Stranded(share, decoder.Name, $"{decoder.Name} holds it and is in no region{rest}", string.Empty);
    }

    private (string Why, string Rule) NotCommitted(CxlRegion region)
    {
        CxlEndpointDecoder[] members = [.. region.Targets.OfType<CxlEndpointDecoder>()];
        if (region.IsAuto && causes.OfMembers(members) is { } said)
        {
            return said;
        }

        if (region.IsAuto && region.TargetCount < region.Ways)
        {
            return ($"{region.Name} has {region.TargetCount} of {region.Ways} members", KernelRules.RegionIncomplete.Number);
        }

        return causes.OfObject(region.Name) is { } refused ? ($"{region.Name} is not committed: {refused.Why}", refused.Rule) : ($"{region.Name} is not committed", string.Empty);
    }

    private CapacityPart Persistent(CxlRegion region, ByteSize share, string way) =>
        region.Children.Values.OfType<CxlPmemRegion>().FirstOrDefault() is { } pmem
            ? new CapacityPart(share, CapacityUse.InUse, $"{way} > {pmem.Name}", string.Empty)
            : Stranded(share, way, causes.OfObject(region.Name)?.Why ?? $"{region.Name} has no pmem_region", causes.OfObject(region.Name)?.Rule ?? string.Empty);

    /// <summary>Each dax device's part, cut to this member's share.</summary>
    private List<CapacityPart> Volatile(CxlRegion region, ByteSize share, string way)
    {
        ulong ways = (ulong)region.Ways * (region.Resource!.Range.Size / region.DecodedRange.Size); // DRAM that caches it is another member, so to speak
        DevDax[] devices = [.. region.Children.Values.OfType<CxlDaxRegion>().SelectMany(owner => owner.DaxRegion?.Devices ?? [])];
        List<CapacityPart> parts = [];
        ByteSize end = ByteSize.Zero;
        foreach (CapacityPart part in devices.SelectMany(dax => PartsOf(dax, way)))
        {
            ByteSize start = end;
            end += part.Size;
            parts.Add(part with { Size = (end / ways) - (start / ways) }); // what three ways leave of one part belongs to the next
        }

        ByteSize rest = share - (end / ways);
        if (!rest.IsZero)
        {
            (string why, string rule) = causes.OfRange(region.Resource.Range) ?? ("no dax device has it", string.Empty);
            parts.Add(Stranded(rest, way, why, rule));
        }

        return parts;
    }

    private IEnumerable<CapacityPart> PartsOf(DevDax dax, string way)
    {
        string here = $"{way} > {dax.Name} {dax.Driver?.Name ?? "unbound"}";
        MemoryBlock[] blocks = [.. dax.Ranges.SelectMany(range => kernel.Memory.BlocksIn(range)).Distinct()];
        ByteSize block = kernel.Memory.BlockSize;
        MemoryBlock[] online = [.. blocks.Where(found => found.State == MemoryBlockState.Online)];
        if (online.Length > 0)
        {
            string zones = string.Join(" and ", online.Select(found => found.Zone?.Name).OfType<string>().Distinct());
            yield return new CapacityPart(
                block * (ulong)online.Length, CapacityUse.InUse,
                string.Create(CultureInfo.InvariantCulture, $"{here} > {online.Length} memory blocks ({ListFormat.Of(online.Select(found => (int)found.Id))}) online in {zones} of node {online[0].Node.Id}"), string.Empty);
        }

        if (blocks.Length > online.Length)
        {
            string offline = ListFormat.Of(blocks.Except(online).Select(found => (int)found.Id));
            yield return Stranded(block * (ulong)(blocks.Length - online.Length), here, $"memory blocks {offline} are offline", string.Empty);
        }

        ByteSize rest = dax.Size - (block * (ulong)blocks.Length);
        if (!rest.IsZero)
        {
            yield return Rest(dax, rest, here, block);
        }
    }

    private CapacityPart Rest(DevDax dax, ByteSize rest, string way, ByteSize block)
    {
        if (dax.Driver is KmemDriver)
        {
            return Stranded(rest, way, $"it fills no memory block of {block}", KernelRules.BlockAlignment.Number);
        }

        if (dax.IsBound)
        {
            return new CapacityPart(rest, CapacityUse.InUse, way, string.Empty);
        }

        (string why, string rule) = dax.Ranges.Select(range => causes.OfRange(range)).FirstOrDefault(said => said is not null) ?? causes.OfObject(dax.Name) ?? ($"{dax.Name} has no driver", string.Empty);
        return Stranded(rest, way, why, rule);
    }
}
