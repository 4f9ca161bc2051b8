using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>For every device the shares that decoders take of it.</summary>
internal sealed class ReverseRoutes
{
    private readonly ReverseRoute[][] _byDevice;

    public ReverseRoutes(IReadOnlyList<DecodeWindow> windows, RouteSegment[] segments)
    {
        List<(int Device, ReverseRoute Route)> routes = [];
        foreach (DecodeWindow window in windows)
        {
            foreach (EndpointNode endpoint in RouteTree.EndpointsBelow(window))
            {
                for (int i = 0; i < endpoint.Decoders.Count; i++)
                {
                    HdmDecoder decoder = endpoint.Decoders[i];
                    if (decoder.Fault is null && endpoint.TryGetBase(i, out Dpa start))
                    {
                        routes.Add((endpoint.Device, new ReverseRoute(decoder, start, window.Xor, PositionsOf(endpoint.Device, decoder, segments))));
                    }
                }
            }
        }

        _byDevice = new ReverseRoute[routes.Select(route => route.Device + 1).DefaultIfEmpty(0).Max()][];
        foreach (IGrouping<int, (int Device, ReverseRoute Route)> group in routes.GroupBy(route => route.Device))
        {
            _byDevice[group.Key] = [.. group.Select(route => route.Route)];
        }
    }

    public ReadOnlySpan<ReverseRoute> Of(int device) => device >= 0 && device < _byDevice.Length ? _byDevice[device] : [];

    private static int[] PositionsOf(int device, HdmDecoder decoder, RouteSegment[] segments) =>
    [
        .. Enumerable.Range(0, decoder.Ways).Where(position => segments.Any(segment => MayStandAt(segment, device, decoder, position))),
    ];

    private static bool MayStandAt(RouteSegment segment, int device, in HdmDecoder decoder, int position)
    {
        if (segment.IsLeftToReference)
        {
            return true; // its addresses may be moved into any range
        }

        if (segment.First > decoder.Range.Last.Value || segment.Last < decoder.Range.Start.Value)
        {
            return false;
        }

        bool slotsArePositions = segment.Slots.Length == decoder.Ways && segment.Start == decoder.Range.Start.Value && 1 << segment.SlotShift == decoder.Granularity;
        return !slotsArePositions || segment.Slots[position].Target == device;
    }
}
