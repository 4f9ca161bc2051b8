using System.Buffers.Binary;
using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Session;

/// <summary>Addresses of committed regions, there and back.</summary>
internal static class AddressInvariants
{
    private const ulong Tag = 0x5aa5_1234_c0de_0000;

    /// <summary>
    /// Data path, batch and story agree with a walk through the registers; the way back ends where it began, or, where a decoder is still committed for something
    /// else, at an address that leads to the same place. Devices that decode by the ranges of a DVSEC have no such registers.
    /// </summary>
    public static string? Astray(FuzzMachine machine)
    {
        AddressRoutes routes = machine.Machine.Routes;
        foreach (CxlRegion region in machine.CommittedRegions.Where(region => region.Targets.OfType<CxlEndpointDecoder>().All(member => machine.WayOf(member.Memdev) is { } way && machine.DecodersOf(way.Device.Id) is not null)))
        {
            foreach (ulong address in Samples(region))
            {
                if (Astray(machine, routes, region, new Hpa(address)) is { } broken)
                {
                    return broken;
                }
            }
        }

        return null;
    }

    /// <summary>Eight bytes that are stored are found on the device, where the registers lead.</summary>
    public static string? Lost(FuzzMachine machine)
    {
        byte[] before = new byte[8];
        byte[] tag = new byte[8];
        byte[] found = new byte[8];
        foreach (CxlRegion region in machine.CommittedRegions)
        {
            foreach (ulong address in Samples(region).Select(address => address & ~7UL))
            {
                if (HardwareWalk.Of(machine, address) is not { } place || machine.Machine.Load(new Hpa(address), before) != BusResult.Done)
                {
                    continue;
                }

                BinaryPrimitives.WriteUInt64LittleEndian(tag, Tag ^ address);
                machine.Machine.Store(new Hpa(address), tag);
                bool isThere = machine.Machine.Media.TryRead(place.Device, new Dpa(place.Dpa), found) && found.AsSpan().SequenceEqual(tag);
                machine.Machine.Store(new Hpa(address), before);
                if (!isThere)
                {
                    return $"{region.Name}: what is stored at 0x{address:x} is not at 0x{place.Dpa:x} of {place.Device}";
                }
            }
        }

        return null;
    }

    /// <summary>
    /// What the driver reports for a member's byte is where hardware has it; but for what is known of three bridges (fact: 6 and 12 ways on three, and three
    /// ways off their multiple before 7.0), and for regions over decoders that are still committed for another, or behind them.
    /// </summary>
    public static string? ReportedElsewhere(FuzzMachine machine)
    {
        foreach (CxlRegion region in machine.CommittedRegions.Where(region => region.Ways % 3 != 0 && machine.UnitsAsFound(region).Count == 0))
        {
            foreach (CxlEndpointDecoder member in region.Targets.OfType<CxlEndpointDecoder>())
            {
                string? id = machine.WayOf(member.Memdev)?.Device.Id;
                if (id is null || member.Port.Decoders.Take(member.Id).Any(before => IsOfOtherSize(machine, id, (CxlEndpointDecoder)before)))
                {
                    continue;
                }

                foreach (ulong offset in new ulong[] { 0, 0x1357, member.Dpa!.Size.Bytes - 1 })
                {
                    ulong dpa = member.Dpa!.Start.Value + offset;
                    Hpa? reported = region.ToHpa(member.Memdev, new Dpa(dpa));
                    (string Device, ulong Dpa)? found = reported is { } hpa ? HardwareWalk.Of(machine, hpa.Value) : null;
                    if (found != (id!, dpa))
                    {
                        return $"{region.Name}: the driver has byte 0x{dpa:x} of {id} at {reported}, and there is {found}";
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Where a decoder's DPA begins follows from those before it: they must be to hardware what they are to the driver.</summary>
    private static bool IsOfOtherSize(FuzzMachine machine, string id, CxlEndpointDecoder before) => !before.IsEnabled || (before.Region is { IsAuto: false } && machine.IsAsFound(id, before.Id));

    private static string? Astray(FuzzMachine machine, AddressRoutes routes, CxlRegion region, Hpa address)
    {
        (string Device, ulong Dpa)? expected = HardwareWalk.Of(machine, address.Value);
        DataPathTarget? found = machine.Machine.Resolve(address);
        (string Device, ulong Dpa)? actual = found is null ? null : (found.Device, found.Address.Value);
        if (expected != actual)
        {
            return $"{region.Name}: {address} leads to {found?.Device} {found?.Address}, by the registers to {expected}";
        }

        RouteStory story = routes.Explain(address);
        if (found is null)
        {
            return story.Outcome == RouteOutcome.Hit ? $"{region.Name}: the story of {address} ends at {story.Device?.Device.Id}, the data path nowhere" : null;
        }

        if (story.Device?.Device.Id != found.Device || story.Dpa != found.Address)
        {
            return $"{region.Name}: the story of {address} ends at {story.Device?.Device.Id} {story.Dpa}, the data path at {found.Device} {found.Address}";
        }

        Dpa[] dpas = new Dpa[1];
        ushort[] targets = new ushort[1];
        routes.Translate([address], dpas, targets);
        Hpa? back = routes.Reverse(story.Device, found.Address).Hardware;
        return AddressRoutes.OutcomeOf(targets[0]) != RouteOutcome.Hit || dpas[0] != found.Address ? $"{region.Name}: a batch has {address} at {dpas[0]}, the data path at {found.Address}"
            : back != address && !(machine.UnitsAsFound(region).Count > 0 && back is { } twin && HardwareWalk.Of(machine, twin.Value) == expected) ? $"{region.Name}: {address} leads to {found.Device} {found.Address}, and that back to {back}"
            : null;
    }

    /// <summary>The first chunks of all members, the middle, the end, and some places between.</summary>
    private static IEnumerable<ulong> Samples(CxlRegion region)
    {
        ulong start = region.Resource!.Range.Start.Value;
        ulong size = region.Resource.Range.Size.Bytes;
        ulong chunk = (ulong)region.Granularity;
        return Enumerable.Range(0, region.Ways).Select(position => start + ((ulong)position * (chunk + 8)))
            .Concat([start + (size / 2), start + size - 1, start + (size / 3), start + (size / 7 * 5)]);
    }
}
