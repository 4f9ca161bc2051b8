using System.Numerics;
using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>Cuts windows into segments: between two borders the same decoders take every address.</summary>
internal sealed class RouteCompiler(IReadOnlyList<DecodeWindow> windows)
{
    /// <summary>No turn of levels is longer: three times the largest granularity and ways.</summary>
    private const ulong LongestTurn = 3 * 16384 * 16;

    public RouteSegment[] Compile() => [.. windows.SelectMany(Compile).OrderBy(plan => plan.First).Select(plan => new RouteSegment(plan))];

    private IEnumerable<SegmentPlan> Compile(DecodeWindow window)
    {
        ulong[] borders = [.. BordersIn(window).Order()];
        for (int i = 0; i < borders.Length; i++)
        {
            Hpa first = new(borders[i]);
            Hpa last = i + 1 < borders.Length ? new Hpa(borders[i + 1] - 1) : window.Range.Last;
            DecodeWindow[] claimants = [.. windows.Where(other => other.Range.Contains(first))];
            if (claimants.Length == 1)
            {
                yield return Compile(window, first, last);
            }
            else if (claimants[0] == window)
            {
                yield return SegmentPlan.Of(first.Value, last.Value, new RouteSlot(DecodeOutcome.OverlappingDecoders));
            }
        }
    }

    private HashSet<ulong> BordersIn(DecodeWindow window)
    {
        HashSet<ulong> borders = [window.Range.Start.Value];
        foreach (AddressRange range in windows.Select(other => other.Range).Concat(RouteTree.NodesBelow(window)
            .SelectMany(node => node.Decoders).Where(decoder => decoder.Fault != RouteFaultKind.ImpossibleRange).Select(decoder => decoder.Range)))
        {
            Add(range.Start);
            if (range.Last.Value != ulong.MaxValue)
            {
                Add(range.Last + new ByteSize(1));
            }
        }

        foreach (Hpa border in RouteTree.EndpointsBelow(window).SelectMany(CapacityBorders))
        {
            Add(border);
        }

        return borders;

        void Add(Hpa border)
        {
            if (window.Range.Contains(border))
            {
                borders.Add(border.Value);
            }
        }
    }

    /// <summary>Where a device's capacity ends within the range of one of its decoders: the row of chunks in which it does, and the one after.</summary>
    private static IEnumerable<Hpa> CapacityBorders(EndpointNode endpoint)
    {
        for (int i = 0; i < endpoint.Decoders.Count; i++)
        {
            HdmDecoder decoder = endpoint.Decoders[i];
            if (decoder.Fault is null && endpoint.TryGetBase(i, out Dpa start) && !endpoint.HasRoomFor(i))
            {
                ByteSize granularity = new((ulong)decoder.Granularity);
                ByteSize inWholeChunks = granularity * ((endpoint.Capacity - (start - Dpa.Zero)) / granularity);
                if (decoder.AddressOf(inWholeChunks, 0) is { } border)
                {
                    yield return border;
                }

                if (decoder.AddressOf(inWholeChunks + granularity, 0) is { } next)
                {
                    yield return next;
                }
            }
        }
    }

    private static SegmentPlan Compile(DecodeWindow window, Hpa first, Hpa last)
    {
        if (window.Fault is not null)
        {
            return SegmentPlan.Of(first.Value, last.Value, new RouteSlot(DecodeOutcome.IllegalDecoder));
        }

        List<(int Ways, int Granularity)> levels = [.. LevelsAt(window, first).Where(level => level.Ways > 1)];
        int slotShift = levels.Count == 0 ? 0 : levels.Min(level => BitOperations.TrailingZeroCount(level.Granularity));
        int turnEnd = levels.Count == 0 ? 0 : levels.Max(level => BitOperations.TrailingZeroCount(level.Granularity * level.Ways));
        int turnShift = turnEnd - slotShift;
        int count = (levels.Exists(level => level.Ways % 3 == 0) ? 3 : 1) << turnShift;
        RouteSlot[]? slots = SlotsFrom(Hpa.Zero);
        if (slots is null || !StaysWithin(window.Xor, first, last))
        {
            return SegmentPlan.Of(first.Value, last.Value, null);
        }

        // Where all devices count from one start, so do the slots: the row is then the same number for both.
        Hpa start = Hpa.Zero;
        RouteSlot[] hits = [.. slots.Where(slot => slot.IsHit)];
        if (hits.Length > 0 && hits.All(slot => slot.Start == hits[0].Start) && hits[0].Start % (1UL << slotShift) == 0 && ulong.MaxValue - hits[0].Start > LongestTurn)
        {
            start = new Hpa(hits[0].Start);
            slots = SlotsFrom(start);
        }

        int runShift = Math.Min(
            hits.Where(slot => slot.WaysShift > 0 || slot.ByThree).Select(slot => slot.GranularityShift).DefaultIfEmpty(63).Min(),
            Math.Min(count > 1 ? slotShift : 63, window.Xor is { LowestBit: < 63 } xor ? xor.LowestBit : 63));
        return new SegmentPlan(first.Value, last.Value, window.Xor, start.Value, slotShift, slots!, runShift);

        RouteSlot[]? SlotsFrom(Hpa origin)
        {
            RouteSlot?[] found = [.. Enumerable.Range(0, count).Select(slot => Descend(window, first, origin + (new ByteSize(1UL << slotShift) * (ulong)slot)))];
            return found.Contains(null) ? null : [.. found.Select(slot => slot!.Value)];
        }
    }

    /// <summary>Maps that change only bits below the ends of the segment keep addresses in it.</summary>
    private static bool StaysWithin(XorArithmetic? xor, Hpa first, Hpa last)
    {
        ulong below = xor is null ? 0 : (ulong)(((UInt128)1 << xor.EndOfChanges) - 1);
        return (first.Value & below) == 0 && (last.Value & below) == below;
    }

    /// <summary>Who takes part in the choice of a target between the borders that <paramref name="probe"/> lies between.</summary>
    private static IEnumerable<(int Ways, int Granularity)> LevelsAt(DecodeWindow window, Hpa probe)
    {
        yield return (window.Targets.Count, window.Granularity);
        foreach (PortNode port in RouteTree.NodesBelow(window).OfType<PortNode>())
        {
            if (!port.IsPassthrough && port.Find(probe, out int index) == DecodeOutcome.Hit)
            {
                yield return (port.Decoders[index].Ways, port.Decoders[index].Granularity);
            }
        }
    }

    /// <summary>Where the way ends. Decoders claim by <paramref name="probe"/>, positions are those of <paramref name="address"/>. Null where no one slot says it.</summary>
    private static RouteSlot? Descend(DecodeWindow window, Hpa probe, Hpa address)
    {
        DecodeNode? node = window.Targets[window.PositionOf(address)];
        while (node is PortNode port)
        {
            if (port.IsPassthrough)
            {
                node = port.Only;
                continue;
            }

            DecodeOutcome outcome = port.Find(probe, out int index);
            if (outcome != DecodeOutcome.Hit)
            {
                return new RouteSlot(outcome);
            }

            node = port.At(port.Decoders[index], port.Decoders[index].PositionOf(address));
        }

        return node is EndpointNode endpoint ? Arrive(endpoint, probe) : new RouteSlot(DecodeOutcome.NoTarget);
    }

    private static RouteSlot? Arrive(EndpointNode endpoint, Hpa probe)
    {
        DecodeOutcome outcome = endpoint.Find(probe, out int index);
        if (outcome != DecodeOutcome.Hit)
        {
            return new RouteSlot(outcome);
        }

        HdmDecoder decoder = endpoint.Decoders[index];
        if (!endpoint.TryGetBase(index, out Dpa start))
        {
            return new RouteSlot(DecodeOutcome.PastCapacity);
        }

        ulong granularity = (ulong)decoder.Granularity;
        ulong row = (probe - decoder.Range.Start).Bytes / granularity / (ulong)decoder.Ways;
        ulong left = (endpoint.Capacity - (start - Dpa.Zero)).Bytes;
        if (!endpoint.HasRoomFor(index) && row >= left / granularity)
        {
            return row == left / granularity && left % granularity != 0 ? null : new RouteSlot(DecodeOutcome.PastCapacity);
        }

        bool isAligned = decoder.Range.Start.Value % granularity == 0;
        return isAligned ? new RouteSlot(endpoint.Device, decoder, start) : null;
    }
}
