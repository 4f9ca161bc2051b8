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
            ByteSize left = IdleDevice.Left(memdev, mode);
            if (left.IsZero)
            {
                continue;
            }

            if (IdleDevice.Obstacle(memdev, mode) is { } obstacle)
            {
                yield return new CapacityPart(left, CapacityUse.Stranded, string.Empty, obstacle.Why, obstacle.Rule.Number);
                continue;
            }

            CxlDport bridge = IdleDevice.BridgeOf(memdev);
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

    private (string Why, KernelRule Rule) NoRoom(CxlDport bridge, DecoderMode mode)
    {
        string kind = mode == DecoderMode.Pmem ? "persistent" : "volatile";
        IReadOnlyList<CxlRootDecoder> leading = room.Leading(bridge, mode);
        if (leading.Count == 0)
        {
            return ($"no window for {kind} memory leads to host bridge {bridge.PortId}", KernelRules.CapacityStranded);
        }

        if (leading.Select(window => (window.Name, Lacking: room.Lacking(window, mode))).FirstOrDefault(found => found.Lacking is not null && found.Lacking != bridge) is { Lacking: { } other } unmatched)
        {
            return ($"{unmatched.Name} spreads over its host bridges evenly, and less is left below host bridge {other.PortId}", KernelRules.CapacityStranded);
        }

        string windows = string.Join(" and ", leading.Select(window => $"{window.Name} ({window.Range!.Value.Size})"));
        return leading.Any(window => kernel.E820.Entries.Any(entry => entry.Type == E820Type.SoftReserved && entry.Range.Overlaps(window.Range!.Value)))
            ? ($"{windows} has no room beside what is soft-reserved", KernelRules.SoftReservedUnused)
            : ($"{windows} has no room left", KernelRules.CapacityStranded);
    }
}
