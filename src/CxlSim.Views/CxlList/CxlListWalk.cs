using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>Goes through a machine from its buses down, as <c>cxl list</c> does, and describes what is asked for.</summary>
internal sealed class CxlListWalk(CxlListOptions options, ListedMachine machine, CxlListDetails details)
{
    private readonly CxlListFilters _filters = new(options, machine);
    private readonly ListedNumbers _numbers = new(options.Human);
    private readonly CxlListSink _top = CxlListSink.Top();

    public async SimTask<List<object>> RunAsync()
    {
        foreach (ListedMemdev memdev in machine.Memdevs)
        {
            if (options.Memdevs && options.Idle && _filters.IsChosen(memdev) && !memdev.IsEnabled)
            {
                _top.DisabledMemdevs.Add(await details.DescribeAsync(memdev));
            }
        }

        foreach (ListedPort bus in machine.Buses)
        {
            if (_filters.EntersBus(bus))
            {
                await WalkBusAsync(bus);
            }
        }

        return _top.ToList();
    }

    private async SimTask WalkBusAsync(ListedPort bus)
    {
        JsonMap? listed = options.Buses && _filters.ListsBus(bus) ? Describe(bus, _top.Buses) : null;
        CxlListSink sink = listed is null ? _top : CxlListSink.Nested();
        await WalkDecodersAsync(bus, sink.RootDecoders, sink.Regions);
        await WalkEndpointsAsync(bus, sink);
        await WalkPortsAsync(bus, sink);
        if (listed is not null)
        {
            sink.AddTo(listed, bus.Name);
        }
    }

    private async SimTask WalkPortsAsync(ListedPort parent, CxlListSink above)
    {
        foreach (ListedPort port in parent.Ports.Where(_filters.EntersPort))
        {
            bool isListed = _filters.ListsPort(port);
            if (isListed && !options.Idle && !port.IsEnabled)
            {
                continue; // nor what lies below it
            }

            JsonMap? listed = options.Ports && isListed ? Describe(port, above.Ports) : null;
            CxlListSink sink = listed is null ? above : CxlListSink.Nested();
            await WalkEndpointsAsync(port, sink);
            await WalkDecodersAsync(port, sink.PortDecoders, sink.Regions);
            await WalkPortsAsync(port, sink);
            if (listed is not null)
            {
                sink.AddTo(listed, port.Name);
            }
        }
    }

    private async SimTask WalkEndpointsAsync(ListedPort port, CxlListSink sink)
    {
        foreach (ListedPort endpoint in port.Endpoints)
        {
            if (!_filters.ListsEndpoint(endpoint) || (!options.Idle && !endpoint.IsEnabled))
            {
                continue;
            }

            JsonMap? listed = options.Endpoints ? endpoint.Describe() : null;
            if (listed is not null)
            {
                sink.Endpoints.Add(listed);
            }

            if (options.Memdevs && !await WalkMemdevAsync(endpoint, listed, sink.Memdevs))
            {
                continue; // the decoders of an endpoint stand and fall with its memdev
            }

            List<object> decoders = listed is null ? sink.EndpointDecoders : [];
            await WalkDecodersAsync(endpoint, decoders, sink.Regions);
            listed?.AddAny($"decoders:{endpoint.Name}", decoders);
        }
    }

    /// <summary>Whether the endpoint's memdev is listed.</summary>
    private async SimTask<bool> WalkMemdevAsync(ListedPort endpoint, JsonMap? listed, List<object> memdevs)
    {
        if (machine.MemdevOf(endpoint) is not { } memdev || !_filters.ListsMemdev(memdev) || (!options.Idle && !memdev.IsEnabled))
        {
            return false;
        }

        JsonMap described = await details.DescribeAsync(memdev);
        if (listed is null)
        {
            memdevs.Add(described);
        }
        else
        {
            listed.Add("memdev", described);
        }

        return true;
    }

    private async SimTask WalkDecodersAsync(ListedPort port, List<object> decoders, List<object> regions)
    {
        foreach (ListedDecoder decoder in port.Decoders)
        {
            JsonMap? listed = null;
            if (options.Decoders && _filters.ListsDecoder(port, decoder))
            {
                if (!options.Idle && decoder.Size == 0)
                {
                    continue;
                }

                listed = decoder.Describe(port.RegionOf(decoder), _numbers);
                decoder.DescribeTargets(listed, options.Targets, _filters.ListsDport, _numbers);
                decoders.Add(listed);
            }

            List<object> below = listed is null ? regions : [];
            foreach (ListedRegion region in decoder.Regions)
            {
                if (options.Regions && _filters.ListsRegion(port, decoder, region) && (options.Idle || region.IsEnabled))
                {
                    below.Add(await details.DescribeAsync(region, decoder));
                }
            }

            listed?.AddAny($"regions:{decoder.Name}", below);
        }
    }

    private JsonMap Describe(ListedPort port, List<object> siblings)
    {
        JsonMap map = port.Describe();
        if (options.Targets)
        {
            port.DescribeDports(map, _filters.ListsDport, _numbers);
        }

        siblings.Add(map);
        return map;
    }
}
