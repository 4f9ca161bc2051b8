namespace CxlSim.Hdm;

/// <summary>Looks over committed decoders for what makes accesses fail.</summary>
internal static class RouteFaults
{
    public static IReadOnlyList<RouteFault> Of(IReadOnlyList<DecodeWindow> windows) =>
    [
        .. windows.SelectMany((window, index) => OfWindow(window, windows.Take(index)).Select(kind => new RouteFault(window.Name, null, kind))),
        .. windows.SelectMany(RouteTree.NodesBelow).Distinct().SelectMany(OfNode),
    ];

    private static IEnumerable<RouteFaultKind> OfWindow(DecodeWindow window, IEnumerable<DecodeWindow> before)
    {
        if (window.Fault is { } fault)
        {
            yield return fault;
        }

        if (window.Targets.Contains(null))
        {
            yield return RouteFaultKind.NoSuchTarget;
        }

        if (before.Any(other => other.Range.Overlaps(window.Range)))
        {
            yield return RouteFaultKind.Overlap;
        }
    }

    private static IEnumerable<RouteFault> OfNode(DecodeNode node)
    {
        for (int i = 0; i < node.Decoders.Count; i++)
        {
            foreach (RouteFaultKind kind in OfDecoder(node, i))
            {
                yield return new RouteFault(node.Name, node.Decoders[i].Number, kind);
            }
        }
    }

    private static IEnumerable<RouteFaultKind> OfDecoder(DecodeNode node, int index)
    {
        HdmDecoder decoder = node.Decoders[index];
        if (decoder.Fault is { } fault)
        {
            yield return fault;
        }

        if (decoder.Fault != RouteFaultKind.ImpossibleRange && node.Decoders.Take(index).Any(other => other.Fault != RouteFaultKind.ImpossibleRange && other.Range.Overlaps(decoder.Range)))
        {
            yield return RouteFaultKind.Overlap;
        }

        if (decoder.Fault is null && node is EndpointNode endpoint && !endpoint.HasRoomFor(index))
        {
            yield return RouteFaultKind.PastCapacity;
        }

        if (decoder.Fault is null && node is PortNode port)
        {
            if (decoder.Ways > HdmDecoder.TargetListRoom)
            {
                yield return RouteFaultKind.TooManyTargets;
            }

            if (Enumerable.Range(0, Math.Min(decoder.Ways, HdmDecoder.TargetListRoom)).Any(position => port.At(decoder, position) is null))
            {
                yield return RouteFaultKind.NoSuchTarget;
            }
        }
    }
}
