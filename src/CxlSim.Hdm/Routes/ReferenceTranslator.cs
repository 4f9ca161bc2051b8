using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>Translates one address the slow and obvious way: level by level, decoder by decoder (fact: CXL r3.1 8.2.4.20.13).</summary>
public sealed class ReferenceTranslator(IReadOnlyList<DecodeWindow> windows)
{
    /// <param name="address">What a CPU issues.</param>
    /// <param name="story">Takes a step for each level where it is given.</param>
    public Translation Translate(Hpa address, ICollection<RouteStep>? story = null)
    {
        DecodeWindow? window = null;
        ulong run = ulong.MaxValue;
        for (int i = 0; i < windows.Count; i++)
        {
            AddressRange range = windows[i].Range;
            if (range.Contains(address))
            {
                if (window is not null)
                {
                    return Translation.Miss(DecodeOutcome.OverlappingDecoders);
                }

                window = windows[i];
            }

            run = range.Start > address ? Math.Min(run, (range.Start - address).Bytes) : run;
        }

        if (window is null || window.Fault is not null)
        {
            return Translation.Miss(window is null ? DecodeOutcome.NoWindow : DecodeOutcome.IllegalDecoder);
        }

        Hpa transformed = window.Transform(address);
        int position = window.PositionOf(transformed);
        DecodeNode? target = window.Targets[position];
        story?.Add(new RouteStep(null, window, transformed, null, position, target is null ? DecodeOutcome.NoTarget : DecodeOutcome.Hit));
        run = Math.Min(run, window.Range.Last.Value - address.Value + 1);
        run = window.Targets.Count == 1 ? run : ToEndOfChunk(run, (ulong)window.Granularity, address);
        run = window.Xor is { LowestBit: < 64 } xor ? ToEndOfChunk(run, 1UL << xor.LowestBit, address) : run;
        return Descend(window, target, transformed, run, story);
    }

    /// <summary>Which address leads to a byte of a device; the first that does, where several do; null where none does.</summary>
    public Hpa? Reverse(int device, Dpa address)
    {
        foreach (DecodeWindow window in windows)
        {
            foreach (EndpointNode endpoint in RouteTree.EndpointsBelow(window).Where(endpoint => endpoint.Device == device))
            {
                foreach (Hpa candidate in Candidates(endpoint, address))
                {
                    Hpa issued = window.Xor?.Invert(candidate) ?? candidate;
                    Translation back = Translate(issued);
                    if (back.Outcome == DecodeOutcome.Hit && back.Device == device && back.Address == address)
                    {
                        return issued;
                    }
                }
            }
        }

        return null;
    }

    private static IEnumerable<Hpa> Candidates(EndpointNode endpoint, Dpa address) =>
        from index in Enumerable.Range(0, endpoint.Decoders.Count)
        let decoder = endpoint.Decoders[index]
        where decoder.Fault is null && endpoint.TryGetBase(index, out Dpa start) && address >= start
        from position in Enumerable.Range(0, decoder.Ways)
        let found = decoder.AddressOf(address - BaseOf(endpoint, index), position)
        where found is not null
        select found.Value;

    private static Dpa BaseOf(EndpointNode endpoint, int index) => endpoint.TryGetBase(index, out Dpa start) ? start : default;

    private static Translation Descend(DecodeWindow window, DecodeNode? node, Hpa address, ulong run, ICollection<RouteStep>? story)
    {
        while (node is PortNode port)
        {
            if (port.IsPassthrough)
            {
                story?.Add(new RouteStep(port, window, address, null, null, port.Only is null ? DecodeOutcome.NoTarget : DecodeOutcome.Hit));
                node = port.Only;
                continue;
            }

            DecodeOutcome outcome = port.Find(address, out int index);
            if (outcome != DecodeOutcome.Hit)
            {
                story?.Add(new RouteStep(port, window, address, index < 0 ? null : port.Decoders[index], null, outcome));
                return Translation.Miss(outcome);
            }

            HdmDecoder decoder = port.Decoders[index];
            int position = decoder.PositionOf(address);
            node = port.At(decoder, position);
            story?.Add(new RouteStep(port, window, address, decoder, position, node is null ? DecodeOutcome.NoTarget : DecodeOutcome.Hit));
            run = port.ToNextDecoder(Math.Min(run, decoder.Range.Last.Value - address.Value + 1), address);
            run = decoder.Ways == 1 ? run : ToEndOfChunk(run, (ulong)decoder.Granularity, address);
        }

        return node is EndpointNode endpoint ? Arrive(window, endpoint, address, run, story) : Translation.Miss(DecodeOutcome.NoTarget);
    }

    private static Translation Arrive(DecodeWindow window, EndpointNode endpoint, Hpa address, ulong run, ICollection<RouteStep>? story)
    {
        DecodeOutcome outcome = endpoint.Find(address, out int index);
        Dpa dpa = default;
        if (outcome == DecodeOutcome.Hit && (!endpoint.TryGetBase(index, out dpa) || (endpoint.Capacity - (dpa - Dpa.Zero)) <= endpoint.Decoders[index].OffsetOf(address)))
        {
            outcome = DecodeOutcome.PastCapacity;
        }

        story?.Add(new RouteStep(endpoint, window, address, index < 0 ? null : endpoint.Decoders[index], null, outcome));
        if (outcome != DecodeOutcome.Hit)
        {
            return Translation.Miss(outcome);
        }

        HdmDecoder decoder = endpoint.Decoders[index];
        dpa += decoder.OffsetOf(address);
        run = endpoint.ToNextDecoder(Math.Min(run, decoder.Range.Last.Value - address.Value + 1), address);
        run = Math.Min(run, (endpoint.Capacity - (dpa - Dpa.Zero)).Bytes);

        // Bytes are counted from the range's start, unlike positions.
        run = decoder.Ways == 1 ? run : ToEndOfChunk(run, (ulong)decoder.Granularity, Hpa.Zero + (address - decoder.Range.Start));
        return new Translation(DecodeOutcome.Hit, endpoint.Device, dpa, new ByteSize(run));
    }

    private static ulong ToEndOfChunk(ulong run, ulong chunk, Hpa address) => Math.Min(run, chunk - (address.Value % chunk));
}
