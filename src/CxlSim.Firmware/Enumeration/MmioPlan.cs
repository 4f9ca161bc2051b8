using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Firmware;

/// <summary>Where configuration space is mapped, and which addresses below 4 GiB each root bridge forwards, where the description leaves it to firmware.</summary>
public static class MmioPlan
{
    /// <summary>Memory-mapped configuration space of segment 0: a q35 board has it there.</summary>
    public static readonly AddressRange Ecam = AddressRange.Of(new Hpa(0xe000_0000), ByteSize.MiB(256));

    /// <summary>Above what 46 address bits of memory reach: those of the other segments follow one another there.</summary>
    private const ulong FurtherEcams = 1UL << 46;

    private static readonly ByteSize Unit = ByteSize.MiB(1);

    /// <summary>Memory-mapped configuration space, segment by segment; segment 0 is there on every board.</summary>
    public static IEnumerable<(ushort Segment, AddressRange Range)> Ecams(PlatformDescription platform) =>
        platform.HostBridges.Select(bridge => bridge.Segment).Where(segment => segment != 0).Distinct().Order()
            .Select((segment, index) => (segment, AddressRange.Of(new Hpa(FurtherEcams + (Ecam.Size.Bytes * (ulong)index)), Ecam.Size)))
            .Prepend(((ushort)0, Ecam));

    /// <summary>Bridges that state nothing share, in order and evenly, the largest room that the others leave below the configuration space.</summary>
    public static IReadOnlyList<IReadOnlyList<AddressRange>> Of(PlatformDescription platform)
    {
        IReadOnlyList<HostBridgeDescription> bridges = platform.HostBridges;
        (ulong bottom, ulong top) = LargestRoom(platform);
        ulong sharing = (ulong)bridges.Count(bridge => bridge.Mmio.Count == 0);
        ulong share = sharing == 0 ? 0 : (top - bottom) / sharing / Unit.Bytes * Unit.Bytes;
        List<IReadOnlyList<AddressRange>> plan = [];
        foreach (HostBridgeDescription bridge in bridges)
        {
            bool takes = bridge.Mmio.Count == 0 && share > 0;
            plan.Add(takes ? [AddressRange.Of(new Hpa(bottom), new ByteSize(share))] : bridge.Mmio);
            bottom += takes ? share : 0;
        }

        return plan;
    }

    private static (ulong Bottom, ulong Top) LargestRoom(PlatformDescription platform)
    {
        ulong next = LowMemoryEnd(platform);
        (ulong Bottom, ulong Top) largest = (next, next);
        IEnumerable<AddressRange> taken = platform.HostBridges.SelectMany(bridge => bridge.Mmio)
            .Where(range => range.Last.Value >= next && range.Start < Ecam.Start)
            .Append(Ecam)
            .OrderBy(range => range.Start);
        foreach (AddressRange range in taken)
        {
            ulong start = (next + Unit.Bytes - 1) / Unit.Bytes * Unit.Bytes;
            if (range.Start.Value > start && range.Start.Value - start > largest.Top - largest.Bottom)
            {
                largest = (start, range.Start.Value);
            }

            next = Math.Max(next, range.Last.Value + 1);
        }

        return largest;
    }

    private static ulong LowMemoryEnd(PlatformDescription platform)
    {
        ulong end = 0;
        foreach (AddressRange range in platform.Memory.Nodes.SelectMany(node => node.Ranges).Where(range => range.Last < Ecam.Start))
        {
            end = Math.Max(end, range.Last.Value + 1);
        }

        return end;
    }
}
