namespace CxlSim.Views;

/// <summary>Which objects pass the filters of <c>cxl list</c>. Each filter also takes away what has nothing to do with what passes it.</summary>
internal sealed class CxlListFilters(CxlListOptions options, ListedMachine machine)
{
    private readonly NameFilter _memdev = new(options.MemdevFilter);
    private readonly NameFilter _serial = new(options.SerialFilter);
    private readonly NameFilter _bus = new(options.BusFilter);
    private readonly NameFilter _port = new(options.PortFilter);
    private readonly NameFilter _endpoint = new(options.EndpointFilter);
    private readonly NameFilter _decoder = new(options.DecoderFilter);
    private readonly NameFilter _region = new(options.RegionFilter);

    /// <summary>The memdevs that pass by name and serial number; null where neither was given.</summary>
    private IEnumerable<ListedMemdev>? Chosen => _memdev.IsGiven || _serial.IsGiven ? machine.Memdevs.Where(IsChosen) : null;

    public bool IsChosen(ListedMemdev memdev) => _memdev.Accepts("mem", memdev.Id, memdev.Name, memdev.Host) && _serial.AcceptsSerial(memdev.Serial);

    /// <summary>Without a chosen memdev nothing of a bus is looked at.</summary>
    public bool EntersBus(ListedPort bus) => Chosen?.Any(memdev => machine.BusOf(memdev) == bus) ?? true;

    public bool ListsBus(ListedPort bus) => PassesBus(bus) && PassesPort(bus, options.Single);

    /// <summary>Without a chosen memdev nothing of a port is looked at.</summary>
    public bool EntersPort(ListedPort port) => Chosen?.Any(memdev => IsAbove(port, machine.EndpointOf(memdev))) ?? true;

    public bool ListsPort(ListedPort port) => PassesPort(port, options.Single) && IsOnBus(port);

    public bool ListsEndpoint(ListedPort endpoint) =>
        _endpoint.Accepts("endpoint", endpoint.Id, endpoint.Name, endpoint.Host)
        && IsOnBus(endpoint)
        && (PassesPort(endpoint, isSingle: true) || PassesPort(endpoint.Parent!, options.Single))
        && (Chosen?.Any(memdev => machine.EndpointOf(memdev) == endpoint) ?? true);

    /// <summary>A memdev below an endpoint that is listed.</summary>
    public bool ListsMemdev(ListedMemdev memdev) => IsChosen(memdev) && IsTarget(memdev) && IsBelowPort(memdev);

    public bool ListsDecoder(ListedPort port, ListedDecoder decoder) =>
        PassesDecoder(port, decoder)
        && IsOnBus(port)
        && PassesPort(port, options.Single)
        && (Chosen?.Any(memdev => IsTarget(decoder, memdev) || machine.MemdevOf(port) == memdev) ?? true)
        && (!_region.IsGiven || decoder.Regions.Append(port.RegionOf(decoder)).OfType<ListedRegion>().Any(PassesRegion));

    /// <summary>A region in the window of a root's decoder.</summary>
    public bool ListsRegion(ListedPort root, ListedDecoder window, ListedRegion region) =>
        PassesRegion(region) && PassesBus(root) && PassesPort(root, isSingle: false) && PassesDecoder(root, window);

    public bool ListsDport(ListedDport dport) => Chosen?.Any(memdev => dport.LeadsTo(memdev.HostPath)) ?? true;

    private static bool IsAbove(ListedPort port, ListedPort? other)
    {
        ListedPort? step = other;
        while (step is not null && step != port)
        {
            step = step.Parent;
        }

        return step is not null;
    }

    private bool PassesBus(ListedPort bus) => _bus.Accepts("root", bus.Id, bus.Name, bus.Provider);

    /// <summary>Once there is a bus filter, a port that is disabled is on no bus.</summary>
    private bool IsOnBus(ListedPort port) =>
        !_bus.IsGiven || (port.Kind == ListedPortKind.Root ? PassesBus(port) : port.IsEnabled && PassesBus(port.Root));

    /// <summary>By itself, or by a port above it.</summary>
    private bool PassesPort(ListedPort port, bool isSingle) => PassesPort(_port, port, isSingle);

    private static bool PassesPort(NameFilter filter, ListedPort port, bool isSingle) =>
        filter.Accepts("port", port.Id, port.Name, port.Host, KindOf(port)) || (!isSingle && port.Parent is { } parent && PassesPort(filter, parent, isSingle));

    private bool PassesDecoder(ListedPort port, ListedDecoder decoder) => _decoder.AcceptsDecoder(port.Id, decoder.Id, decoder.Name, KindOf(port));

    private bool PassesRegion(ListedRegion region) => _region.Accepts("region", region.Id, region.Name);

    /// <summary>A memdev passes a decoder filter by the targets that lead to it: endpoint decoders have none.</summary>
    private bool IsTarget(ListedMemdev memdev) =>
        !_decoder.IsGiven
        || AllPorts(machine.Buses).Any(port => port.Decoders.Any(decoder => PassesDecoder(port, decoder) && IsTarget(decoder, memdev)));

    private static bool IsTarget(ListedDecoder decoder, ListedMemdev memdev) => decoder.Targets.Any(target => target.LeadsTo(memdev.HostPath));

    private bool IsBelowPort(ListedMemdev memdev) =>
        (!_bus.IsGiven && !_port.IsGiven)
        || machine.Buses.Any(bus => PassesBus(bus) && IsBelow(memdev, new NameFilter(bus.Name), [bus, .. bus.Endpoints]))
        || IsBelow(memdev, _port, AllPorts(machine.Buses));

    private static bool IsBelow(ListedMemdev memdev, NameFilter filter, IEnumerable<ListedPort> ports) =>
        ports.Any(port => PassesPort(filter, port, isSingle: true) && port.Dports.Any(dport => dport.LeadsTo(memdev.HostPath)));

    private static IEnumerable<ListedPort> AllPorts(IEnumerable<ListedPort> buses) =>
        buses.SelectMany(bus => bus.AllPorts.Prepend(bus)).SelectMany(port => port.Endpoints.Prepend(port));

    private static string KindOf(ListedPort port) => port.Kind switch
    {
        ListedPortKind.Root => "root",
        ListedPortKind.Endpoint => "endpoint",
        _ => "switch",
    };
}
