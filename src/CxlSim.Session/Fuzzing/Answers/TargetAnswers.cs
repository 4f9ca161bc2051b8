using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Members of a region, in the order of the checks of <c>cxl_region_attach</c> in <c>drivers/cxl/core/region.c</c>.</summary>
internal static class TargetAnswers
{
    public static FuzzAnswer? Target(FuzzMachine machine, CxlRegion region, int position, string name)
    {
        if (position >= region.Ways || name.Length == 0)
        {
            return null;
        }

        if (machine.Kernel.Cxl.Bus.Find(name) is not { } named)
        {
            return Errno.ENODEV;
        }

        if (named is not CxlEndpointDecoder decoder)
        {
            return Errno.EINVAL;
        }

        return machine.WayOf(decoder.Memdev) is { } way && machine.DecodersOf(way.Device.Id) is not null ? Member(machine, region, decoder, way.Device) ?? Place(machine, region, position, decoder, way) : null;
    }

    /// <summary>What has to be so of region and decoder, wherever the decoder is to go.</summary>
    private static FuzzAnswer? Member(FuzzMachine machine, CxlRegion region, CxlEndpointDecoder decoder, Type3Description device) =>
        !InterleaveFormula.Fits(device.Interleave, region.Ways, region.Granularity) ? Errno.ENXIO
        : decoder.Mode != region.Mode ? (decoder.Mode == DecoderMode.None && machine.HasPartitionArray ? Errno.ENODEV : Errno.EINVAL)
        : region.State > RegionState.InterleaveActive ? Errno.EBUSY
        : region.State < RegionState.InterleaveActive ? Errno.ENXIO
        : region.TargetCount >= region.Ways ? Errno.EINVAL
        : decoder.Dpa is not { } dpa ? Errno.ENXIO
        : dpa.Size.Bytes * (ulong)region.Ways != region.Resource!.Range.Size.Bytes ? Errno.EINVAL
        : region.IsAuto ? Errno.EINVAL // what firmware has committed finds its members by itself
        : null;

    private static FuzzAnswer? Place(FuzzMachine machine, CxlRegion region, int position, CxlEndpointDecoder decoder, FuzzWay way)
    {
        if ((region.Targets[position] is { } sitting && sitting != decoder) || region.Targets.Any(target => target is not null && target != decoder && target.Memdev == decoder.Memdev))
        {
            return Errno.EBUSY;
        }

        if (region.Targets.Contains(decoder))
        {
            // The second time the ports above the endpoint refuse, and forget it; the third time is as the first.
            return region.Targets[position] != decoder || decoder.Port.UpToRoot().Skip(1).Any(port => port.Regions.Any(other => other.Region == region)) ? Errno.EBUSY : null;
        }

        if (machine.DescriptionOf(region.Root) is not { } window)
        {
            return null;
        }

        if (window.Targets[position % window.Targets.Count] != way.Bridge.Uid)
        {
            return Errno.ENXIO;
        }

        // From here on ports have a say. Addresses above on the same port are a refusal; the rest is told of where the port is free.
        CxlPort[] ports = [.. decoder.Port.UpToRoot()];
        CxlRegionRef[] others = [.. ports.SelectMany(port => port.Regions.Where(other => other.Region != region))];
        bool isFirst = ports.All(port => port.Regions.All(other => other.Region != region));
        if (isFirst && others.Any(other => other.Region.Resource is { } taken && taken.Range.Start > region.Resource!.Range.Start))
        {
            return Errno.EBUSY;
        }

        bool isReady = isFirst && decoder.Region is null && ports.All(port => port.IsEndpoint || IsReady(machine, port));
        if (isReady && region.Ways == 1)
        {
            return Errno.Ok;
        }

        if (region.Targets.Count(target => target is not null) == region.Ways - 1)
        {
            return others.Length > 0 || ports.Any(port => port.CommitEnd >= 0) ? null : Completion(machine, region, position, decoder);
        }

        return isReady ? Errno.Ok : null;
    }

    /// <summary>The decoder that is next to commit is free, and those before it are committed.</summary>
    private static bool IsReady(FuzzMachine machine, CxlPort port)
    {
        CxlSwitchDecoder[] decoders = [.. port.Decoders.OfType<CxlSwitchDecoder>()];
        string committed = machine.Show($"/sys/bus/cxl/devices/{port.Name}/decoders_committed");
        CxlSwitchDecoder? next = Array.Find(decoders, decoder => FuzzNode.Number(decoder.Id) == committed);
        return next is { Region: null } && decoders.All(decoder => decoder.Id >= next.Id || decoder.IsEnabled);
    }

    /// <summary>The last member: each port has to be able to spread what lies below it.</summary>
    private static FuzzAnswer? Completion(FuzzMachine machine, CxlRegion region, int position, CxlEndpointDecoder last)
    {
        CxlEndpointDecoder?[] members = [.. region.Targets.Take(region.Ways)];
        members[position] = last;
        FuzzWay?[] ways = [.. members.Select(member => machine.WayOf(member!.Memdev))];
        if (Array.Exists(ways, way => way is null) || machine.Regions.Count() > 1 || region.Root.Ways % 3 == 0)
        {
            return null;
        }

        PortFormula formula = new(ways!, region.Root.Ways, (ulong)region.Granularity);
        bool hasUniformSwitches = ways.GroupBy(way => way!.Hops[0]).All(port => port.Select(way => way!.Hops.Count).Distinct().Count() == 1);
        if (!formula.IsPossible || !hasUniformSwitches)
        {
            return null;
        }

        foreach ((string unit, ulong granularity, byte[] targets) in formula.Ports())
        {
            InterleaveCapabilities can = CapabilitiesOf(ways!, unit);
            if (machine.DecodersOf(unit) is not null && !InterleaveFormula.Fits(can, targets.Length, (int)granularity))
            {
                return Errno.ENXIO;
            }
        }

        return null;
    }

    private static InterleaveCapabilities CapabilitiesOf(FuzzWay[] ways, string unit)
    {
        FuzzWay way = ways.First(way => way.Hops.Any(hop => hop.Unit == unit));
        return way.Hops[0].Unit == unit ? way.Bridge.Cxl!.Interleave : ((SwitchDescription)way.Bridge.RootPorts.First(port => port.PortNumber == way.Hops[0].Port).Child!).Interleave;
    }
}
