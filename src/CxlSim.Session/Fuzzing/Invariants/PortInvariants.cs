using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>What the registers of a committed region's decoders must hold, by the formulas of <c>cxl_port_setup_targets</c> in <c>drivers/cxl/core/region.c</c>.</summary>
internal static class PortInvariants
{
    public static string? Misprogrammed(FuzzMachine machine) => machine.CommittedRegions.Select(region => Misprogrammed(machine, region)).FirstOrDefault(broken => broken is not null);

    /// <summary>Committed decoders of a component lie one above the other, in the order of their numbers, and take no more of a device than it has.</summary>
    public static string? OutOfOrder(FuzzMachine machine)
    {
        foreach (string unit in machine.Units)
        {
            ulong end = 0;
            foreach (FuzzDecoder decoder in (machine.DecodersOf(unit) ?? []).Where(decoder => decoder.IsCommitted))
            {
                if (decoder.Base < end)
                {
                    return $"{unit} {decoder}: begins before 0x{end:x}, where the one before it ends";
                }

                end = decoder.Base + decoder.Size;
            }
        }

        foreach (FuzzWay way in machine.Ways)
        {
            ulong taken = (machine.DecodersOf(way.Device.Id) ?? []).Where(decoder => decoder.IsCommitted && decoder.Ways > 0).Aggregate(0UL, (sum, decoder) => sum + decoder.Targets + (decoder.Size / (ulong)decoder.Ways));
            if (taken > way.Device.Volatile.Bytes + way.Device.Persistent.Bytes)
            {
                return $"the decoders of {way.Device.Id} take 0x{taken:x} bytes, and it has 0x{way.Device.Volatile.Bytes + way.Device.Persistent.Bytes:x}";
            }
        }

        return null;
    }

    /// <summary>A locked decoder stays as it was (CXL r3.1 8.2.4.20.7: lock on commit).</summary>
    public static string? Unlocked(FuzzMachine machine)
    {
        foreach (string unit in machine.Units)
        {
            // A device that was replaced had none, or has none, in between.
            foreach (FuzzDecoder before in (machine.DecodersBefore(unit) ?? []).Where(decoder => decoder.IsLocked))
            {
                if (machine.DecodersOf(unit)?[before.Number] is { } after && after != before)
                {
                    return $"{unit} had locked {before}, and has {after}";
                }
            }
        }

        return null;
    }

    private static string? Misprogrammed(FuzzMachine machine, CxlRegion region)
    {
        FuzzWay?[] ways = [.. region.Targets.Take(region.Ways).Select(member => member is null ? null : machine.WayOf(member.Memdev))];
        if (Array.Exists(ways, way => way is null) || machine.DescriptionOf(region.Root) is not { } window)
        {
            return Array.Exists(ways, way => way is null) && region.TargetCount < region.Ways ? $"{region.Name} is committed with {region.TargetCount} of {region.Ways} members" : null;
        }

        IReadOnlySet<string> untouched = machine.UnitsAsFound(region);
        PortFormula formula = new(ways!, window.Targets.Count, (ulong)region.Granularity);
        foreach ((string unit, ulong granularity, byte[] targets) in formula.Ports())
        {
            if (machine.DecodersOf(unit) is not { } decoders || untouched.Contains(unit))
            {
                continue; // a bridge that passes everything through, or what is not programmed again
            }

            FuzzDecoder? decoder = decoders.FirstOrDefault(candidate => candidate.IsCommitted && candidate.Base == region.Resource!.Range.Start.Value);
            if (decoder is null || decoder.Size != region.Resource!.Range.Size.Bytes || decoder.Ways != targets.Length || decoder.Granularity != granularity
                || !Enumerable.Range(0, targets.Length).All(index => decoder.Target(index) == targets[index]))
            {
                return $"{region.Name}: {unit} should spread it by {granularity} over [{string.Join(", ", targets)}], found {decoder}";
            }
        }

        return region.Targets.Take(region.Ways).Select((member, position) => untouched.Contains(ways[position]!.Device.Id) ? null : OfMember(machine, region, member!, ways[position]!)).FirstOrDefault(broken => broken is not null);
    }

    private static string? OfMember(FuzzMachine machine, CxlRegion region, CxlEndpointDecoder member, FuzzWay way)
    {
        FuzzDecoder? decoder = machine.DecodersOf(way.Device.Id)?.FirstOrDefault(candidate => candidate.Number == member.Id);
        bool isRight = decoder is { IsCommitted: true } && decoder.Base == region.Resource!.Range.Start.Value && decoder.Size == region.Resource.Range.Size.Bytes
            && decoder.Ways == region.Ways && decoder.Granularity == (ulong)region.Granularity && decoder.Targets == CapacityInvariants.Skip(machine, member, way.Device);
        return isRight ? null : $"{region.Name}: {member.Name} of {way.Device.Id} should be {region.Ways} ways of {region.Granularity}, found {decoder}; it has {member.Dpa}";
    }
}
