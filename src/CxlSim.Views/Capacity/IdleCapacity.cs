using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>Capacity that no decoder holds: whether a region could be made of it.</summary>
internal sealed class IdleCapacity(LinuxKernel kernel, WindowRoom room)
{
    public IEnumerable<CapacityPart> PartsOf(CxlMemdev memdev)
    {
        foreach (DecoderMode mode in new[] { DecoderMode.Ram, DecoderMode.Pmem })
        {
            ByteSize left = Left(memdev, mode);
            if (left.IsZero)
            {
                continue;
            }

            if (Obstacle(memdev, mode) is { } obstacle)
            {
                yield return new CapacityPart(left, CapacityUse.Stranded, string.Empty, obstacle.Why, obstacle.Rule.Number);
                continue;
            }

            CxlDport bridge = BridgeOf(memdev);
            ByteSize fits = room.Take(bridge, mode, left);
            if (!fits.IsZero)
            {
                string windows = string.Join(" and ", room.Leading(bridge, mode).Select(window => window.Name));
                yield return new CapacityPart(fits, CapacityUse.Free, string.Empty, $"no region was made of it; there is room in {windows}");
            }

            if (fits < left)
            {
                (string why, KernelRule rule) = NoRoom(bridge, mode);
                yield return new CapacityPart(left - fits, CapacityUse.Stranded, string.Empty, why, rule.Number);
            }
        }
    }

    private static ByteSize Left(CxlMemdev memdev, DecoderMode mode)
    {
        // By address: another mode of a decoder leaves what it holds where it is.
        IEnumerable<DpaAllocation> held = memdev.Endpoint!.Decoders.OfType<CxlEndpointDecoder>().Select(decoder => decoder.Dpa).OfType<DpaAllocation>();
        ByteSize used = held.Where(dpa => memdev.Partitions.ModeAt(dpa.Start) == mode).Aggregate(ByteSize.Zero, (sum, dpa) => sum + dpa.Size);
        return used < memdev.Partitions.Of(mode) ? memdev.Partitions.Of(mode) - used : ByteSize.Zero;
    }

    private static CxlDport BridgeOf(CxlMemdev memdev) => memdev.Endpoint!.UpToRoot().Last().ParentDport!;

    /// <summary>What keeps a further region from the device, whatever the windows have.</summary>
    private static (string Why, KernelRule Rule)? Obstacle(CxlMemdev memdev, DecoderMode mode)
    {
        CxlPort endpoint = memdev.Endpoint!;
        CxlEndpointDecoder[] decoders = [.. endpoint.Decoders.OfType<CxlEndpointDecoder>()];
        if (mode == DecoderMode.Ram && Array.Find(decoders, decoder => decoder.Dpa is { } dpa && memdev.Partitions.ModeAt(dpa.Start) == DecoderMode.Pmem) is { } persistent)
        {
            return ($"{persistent.Name} holds persistent capacity behind it, and capacity is taken in ascending order", RefusalRules.DpaRoom);
        }

        if (endpoint.HdmEnd >= decoders.Length - 1)
        {
            return (decoders.Length == 0 ? $"{endpoint.Name} has no decoder" : $"all {decoders.Length} decoders of {endpoint.Name} hold capacity", RefusalRules.DpaOrder);
        }

        foreach (CxlPort port in endpoint.UpToRoot().Skip(1))
        {
            CxlSwitchDecoder? next = port.Decoders.OfType<CxlSwitchDecoder>().FirstOrDefault(decoder => decoder.Id == port.CommitEnd + 1);
            if (next is null || next is { IsPassthrough: true, Region: not null })
            {
                string holder = next?.Region is { } region ? $"{region.Name} has its only one" : $"all {port.Decoders.Count} are committed";
                return ($"{port.Name} has no decoder for another region: {holder}", RefusalRules.PortDecoder);
            }
        }

        return null;
    }

    private (string Why, KernelRule Rule) NoRoom(CxlDport bridge, DecoderMode mode)
    {
        string kind = mode == DecoderMode.Pmem ? "persistent" : "volatile";
        IReadOnlyList<CxlRootDecoder> leading = room.Leading(bridge, mode);
        if (leading.Count == 0)
        {
            return ($"no window for {kind} memory leads to host bridge {bridge.PortId}", KernelRules.CapacityStranded);
        }

        string windows = string.Join(" and ", leading.Select(window => $"{window.Name} ({window.Range!.Value.Size})"));
        return leading.Any(window => kernel.E820.Entries.Any(entry => entry.Type == E820Type.SoftReserved && entry.Range.Overlaps(window.Range!.Value)))
            ? ($"{windows} has no room beside what is soft-reserved", KernelRules.SoftReservedUnused)
            : ($"{windows} has no room left", KernelRules.CapacityStranded);
    }
}
