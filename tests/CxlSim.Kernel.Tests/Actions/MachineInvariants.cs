using CxlSim.Core;
using CxlSim.Session;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel.Tests;

/// <summary>What holds on every machine at any time, whatever a user does.</summary>
internal static class MachineInvariants
{
    /// <summary>The first that does not hold, in words; null where all do.</summary>
    public static string? Broken(MachineSession session)
    {
        CxlRegion[] regions = [.. session.Kernel.Cxl.Bus.Devices.OfType<CxlRegion>()];
        CxlPort[] ports = [.. session.Kernel.Cxl.Bus.Devices.OfType<CxlPort>()];
        return RegionsOverlap(regions)
            ?? ports.Where(port => port.IsEndpoint).Select(CapacityTwice).FirstOrDefault(broken => broken is not null)
            ?? ports.Select(RegistersDiffer).FirstOrDefault(broken => broken is not null)
            ?? regions.Select(region => MembersLost(region)).FirstOrDefault(broken => broken is not null)
            ?? PageInvariants.Broken(session)
            ?? regions.Where(region => region.State == RegionState.Commit).Select(region => BytesAstray(session, region)).FirstOrDefault(broken => broken is not null);
    }

    private static string? RegionsOverlap(CxlRegion[] regions)
    {
        foreach (CxlRegion region in regions.Where(region => region.Resource is not null))
        {
            AddressRange range = region.Resource!.Range;
            if (!region.Root.Range!.Value.Contains(range))
            {
                return $"{region.Name} {range} leaves its window {region.Root.Range}";
            }

            if (Array.Find(regions, other => other != region && other.Resource is { } taken && taken.Range.Overlaps(range)) is { } second)
            {
                return $"{region.Name} {range} overlaps {second.Name} {second.Resource!.Range}";
            }
        }

        return null;
    }

    /// <summary>A byte of a device belongs to one decoder, or is left out by one.</summary>
    private static string? CapacityTwice(CxlPort endpoint)
    {
        Dpa end = Dpa.Zero;
        foreach (CxlEndpointDecoder decoder in endpoint.Decoders.OfType<CxlEndpointDecoder>().Where(decoder => decoder.Dpa is not null).OrderBy(decoder => decoder.Id))
        {
            Dpa first = new(decoder.Dpa!.Start.Value - decoder.Dpa.Skip.Bytes);
            if (first < end)
            {
                return $"{decoder.Name} takes from {first}, decoders before it reach to {end}";
            }

            end = decoder.Dpa.Start + decoder.Dpa.Size;
        }

        DpaPartitions partitions = ((CxlMemdev)endpoint.Uport).Partitions;
        return end > partitions.EndOf(DecoderMode.Pmem) ? $"{endpoint.Name} has given out {end} of {partitions.EndOf(DecoderMode.Pmem)}" : null;
    }

    /// <summary>What the driver believes of a decoder is what its registers say.</summary>
    private static string? RegistersDiffer(CxlPort port)
    {
        foreach (CxlDecoder decoder in port is { Hdm: not null, IsBound: true } ? port.Decoders : [])
        {
            uint control = port.Hdm!.Control(decoder.Id);
            bool isCommitted = (control & HdmDecoderRegisters.ControlCommitted) != 0;
            if (isCommitted != decoder.IsEnabled)
            {
                return $"{decoder.Name} is {(decoder.IsEnabled ? "" : "not ")}enabled, its registers say {(isCommitted ? "" : "not ")}committed";
            }

            if (!isCommitted || decoder.Range is null)
            {
                continue; // a member of a region that did not come up keeps its registers when the region goes, and has no range in Linux any more
            }

            AddressRange range = AddressRange.Of(new Hpa(port.Hdm.ReadWide(decoder.Id, HdmDecoderRegisters.BaseLow)), new ByteSize(port.Hdm.ReadWide(decoder.Id, HdmDecoderRegisters.SizeLow)));
            Interleave.TryEncodeWays(decoder.Ways, out byte ways);
            Interleave.TryEncodeGranularity(decoder.Granularity, out byte granularity);
            if (range != decoder.Range || (control & 0xff) != (uint)((ways << 4) | granularity))
            {
                return $"{decoder.Name} is {decoder.Range} {decoder.Ways}/{decoder.Granularity}, its registers say {range} 0x{control & 0xff:x2}";
            }
        }

        return null;
    }

    /// <summary>A member knows its region and its place; but for a region of firmware that is not up, which lists decoders before it has them.</summary>
    private static string? MembersLost(CxlRegion region)
    {
        bool isAssembling = region is { IsAuto: true, State: < RegionState.Active };
        for (int position = 0; position < region.Targets.Length; position++)
        {
            if (region.Targets[position] is { } member && ((member.Region != region && !isAssembling) || (member.Position != position && region.State >= RegionState.Active)))
            {
                return $"{member.Name} is {region.Name}'s target{position}, but thinks {member.Region?.Name}'s {member.Position}";
            }
        }

        return region.State == RegionState.Commit && region.TargetCount != region.Ways ? $"{region.Name} is committed with {region.TargetCount} of {region.Ways} members" : null;
    }

    /// <summary>The driver's address of a member's byte is where hardware finds the byte; known exceptions apart (fact sheet on the CXL driver, 5.5 and 5.6).</summary>
    private static string? BytesAstray(MachineSession session, CxlRegion region)
    {
        foreach (CxlEndpointDecoder member in IsKnownToDiffer(session, region) ? [] : region.Targets.OfType<CxlEndpointDecoder>())
        {
            bool hasGap = member.Port.Decoders.Take(member.Id).Any(before => !before.IsEnabled); // hardware counts its capacity from the decoders before
            foreach (ulong offset in hasGap ? [] : new ulong[] { 0, 0x1357, member.Dpa!.Size.Bytes - 1 })
            {
                Dpa dpa = member.Dpa!.Start + new ByteSize(offset);
                if (region.ToHpa(member.Memdev, dpa) is not { } hpa)
                {
                    return $"{region.Name}: {member.Name} {dpa} has no address";
                }

                string device = session.Machine.Devices.Single(device => device.Address == member.Memdev.Pci!.Address).Id;
                if (session.Machine.Resolve(hpa) is not { } found || found.Device != device || found.Address != dpa)
                {
                    return $"{region.Name}: {hpa} is {device} {dpa} to the driver, {session.Machine.Resolve(hpa)} to hardware";
                }
            }
        }

        return null;
    }

    /// <summary>6 and 12 ways on a window of three; three ways that do not begin at a multiple of three, before Linux 7.0.</summary>
    private static bool IsKnownToDiffer(MachineSession session, CxlRegion region) =>
        region.Ways is 6 or 12
        || (region.Ways == 3 && !session.Kernel.Config.Has(KernelChange.UnalignedThreeWayRegions) && region.Resource!.Range.Start.Value % (3UL * (ulong)region.Granularity) != 0);
}
