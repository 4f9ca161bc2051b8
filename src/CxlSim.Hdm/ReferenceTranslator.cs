using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>Translates one address the slow and obvious way: level by level, decoder by decoder (fact: CXL r3.1 8.2.4.20.13).</summary>
public sealed class ReferenceTranslator(IReadOnlyList<DecodeWindow> windows)
{
    public Translation Translate(Hpa address)
    {
        // By index: an enumerator of an interface would allocate on every access of memory.
        for (int i = 0; i < windows.Count; i++)
        {
            DecodeWindow window = windows[i];
            if (window.Range.Contains(address))
            {
                int target = (int)(address.Value / (ulong)window.Granularity % (ulong)window.Targets.Count);
                ulong run = window.Targets.Count == 1
                    ? window.Range.Last.Value - address.Value + 1
                    : (ulong)window.Granularity - (address.Value % (ulong)window.Granularity);
                return Descend(window.Targets[target], address, run);
            }
        }

        return new Translation(DecodeOutcome.NoWindow, 0, default, default);
    }

    private static Translation Descend(DecodeNode? node, Hpa address, ulong run)
    {
        while (node is PortNode port)
        {
            if (port.Decoders is null)
            {
                node = port.Only;
                continue;
            }

            if (!TryFind(port.Decoders, address, out int index))
            {
                return new Translation(DecodeOutcome.NoPortDecoder, 0, default, default);
            }

            HdmDecoder decoder = port.Decoders[index];
            run = Shorten(run, decoder, address);
            node = decoder.TryGetTarget(decoder.PositionOf(address), out byte portNumber) ? port.Ports.GetValueOrDefault(portNumber) : null;
        }

        return node is EndpointNode endpoint ? Arrive(endpoint, address, run) : new Translation(DecodeOutcome.NoTarget, 0, default, default);
    }

    private static Translation Arrive(EndpointNode endpoint, Hpa address, ulong run)
    {
        if (!TryFind(endpoint.Decoders, address, out int index))
        {
            return new Translation(DecodeOutcome.NoEndpointDecoder, 0, default, default);
        }

        // Decoders take capacity one after the other, each after its skip. A skip is whatever software wrote: the sum may pass 64 bits.
        HdmDecoder decoder = endpoint.Decoders[index];
        UInt128 dpa = decoder.DpaSkip.Bytes + (UInt128)decoder.OffsetOf(address).Bytes;
        for (int before = 0; before < index; before++)
        {
            dpa += endpoint.Decoders[before].DpaSkip.Bytes + (UInt128)endpoint.Decoders[before].DpaSize.Bytes;
        }

        run = Shorten(run, decoder, address);
        return dpa + run <= ulong.MaxValue
            ? new Translation(DecodeOutcome.Hit, endpoint.Device, new Dpa((ulong)dpa), new ByteSize(run))
            : new Translation(DecodeOutcome.NoEndpointDecoder, 0, default, default);
    }

    private static bool TryFind(IReadOnlyList<HdmDecoder> decoders, Hpa address, out int index)
    {
        for (index = 0; index < decoders.Count; index++)
        {
            if (decoders[index].Range.Contains(address))
            {
                return true;
            }
        }

        return false;
    }

    private static ulong Shorten(ulong run, in HdmDecoder decoder, Hpa address)
    {
        ulong toEnd = decoder.Range.Last.Value - address.Value + 1;
        ulong granularity = (ulong)decoder.Granularity;
        ulong mine = decoder.Ways == 1 ? toEnd : Math.Min(toEnd, granularity - (address.Value % granularity));
        return Math.Min(run, mine);
    }
}
