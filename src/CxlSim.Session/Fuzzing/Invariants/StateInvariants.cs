using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>What regions and decoders know of each other, and what hardware says of both.</summary>
internal static class StateInvariants
{
    /// <summary>A committed region has all members and all of them are committed; one that is not has none, but for those that firmware has set up.</summary>
    public static string? Disagree(FuzzMachine machine)
    {
        foreach (CxlRegion region in machine.Regions)
        {
            for (int position = 0; position < region.Targets.Length; position++)
            {
                if (region.Targets[position] is not { } member)
                {
                    if (region.State is RegionState.Commit or RegionState.Active && position < region.Ways)
                    {
                        return $"{region.Name} is {region.State} without a member at {position}";
                    }

                    continue;
                }

                string? id = machine.WayOf(member.Memdev)?.Device.Id;
                FuzzDecoder? found = id is null ? null : machine.DecodersOf(id)?[member.Id];
                bool? isCommitted = found?.IsCommitted; // ranges of a DVSEC are nobody's to commit
                bool isFound = id is not null && machine.IsAsFound(id, member.Id); // what a kernel finds committed may outlive its region, and be given to another
                bool isAnothers = member.Region is { } owner && owner != region; // what a region of firmware's only lists, a user may give to another
                if ((member.Region != region && !IsAssembling(region)) || (region.State == RegionState.Commit && isCommitted == false)
                    || (region.State < RegionState.Commit && isCommitted == true && !isFound && !isAnothers && !machine.KeepsLocked(region) && !machine.KeepsLocked(found!)))
                {
                    return $"{region.Name} is {region.State}, its member {member.Name} is {(isCommitted == true ? string.Empty : "not ")}committed and belongs to {member.Region?.Name ?? "none"}";
                }
            }
        }

        return machine.EndpointDecoders.Where(decoder => decoder.Region is { } region && !region.Targets.Contains(decoder) && !IsAssembling(region)).Select(decoder => $"{decoder.Name} thinks that it belongs to {decoder.Region!.Name}").FirstOrDefault()
            ?? machine.EndpointDecoders.Select(decoder => Registers(machine, decoder)).FirstOrDefault(broken => broken is not null);
    }

    /// <summary>A region of firmware's lists decoders before it has them, and one that comes back in the place of another.</summary>
    private static bool IsAssembling(CxlRegion region) => region is { IsAuto: true, State: < RegionState.Active };

    /// <summary>Regions lie in their windows, apart from each other, and have the size that their ways allow.</summary>
    public static string? Overlap(FuzzMachine machine)
    {
        CxlRegion[] regions = [.. machine.Regions.Where(region => region.Resource is not null)];
        foreach (CxlRegion region in regions)
        {
            ulong start = region.Resource!.Range.Start.Value;
            ulong size = region.Resource.Range.Size.Bytes;
            bool isInside = region.Root.Range is { } window && start >= window.Start.Value && start + size - 1 <= window.Last.Value;
            bool isWhole = region.Ways == 0 || size % (0x1000_0000UL * (ulong)region.Ways) == 0;
            CxlRegion? other = Array.Find(regions, other => other != region && other.Resource!.Range.Overlaps(region.Resource.Range));
            if (!isInside || !isWhole || other is not null)
            {
                return $"{region.Name} of {region.Ways} ways at {region.Resource.Range} in {region.Root.Range}{(other is null ? string.Empty : $", where {other.Name} is too")}";
            }
        }

        return null;
    }

    private static string? Registers(FuzzMachine machine, CxlEndpointDecoder decoder)
    {
        FuzzDecoder? found = machine.WayOf(decoder.Memdev) is { } way && machine.DecodersOf(way.Device.Id) is { } registers && decoder.Id < registers.Count ? registers[decoder.Id] : null;
        return found is null || found.IsCommitted == decoder.IsEnabled || (!decoder.IsEnabled && machine.TakesOut(found)) ? null : $"the driver has {decoder.Name} {(decoder.IsEnabled ? "committed" : "not committed")}, found {found}";
    }
}
