namespace CxlSim.Views;

/// <summary>A root, a port or an endpoint as <c>cxl list</c> reads it, with all below.</summary>
internal sealed class ListedPort
{
    private readonly SysfsFiles _files;
    private readonly string _path;
    private readonly string? _parentDport;

    private ListedPort(SysfsFiles files, int id, string path, string host, ListedPort? parent, ListedPortKind kind)
    {
        (_files, _path) = (files, path);
        (Id, Host, Parent, Kind) = (id, host, parent, kind);
        Name = SysfsFiles.NameOf(path);
        Depth = parent is null ? 0 : parent.Depth + 1;
        _parentDport = Depth > 1 && files.RealPath($"{path}/parent_dport") is { } dport ? SysfsFiles.NameOf(dport) : null;
        Dports = [.. files.Numbered(path, "dport").Reverse().Select(found => new ListedDport(files, found.Id, found.Path))];
        Decoders = [.. files.Numbered(path, $"decoder{id}.").Select(found => new ListedDecoder(files, kind, Dports, found.Id, found.Path)).OrderBy(decoder => decoder.Id)];
        Ports = ReadAll(files, path, "port", this, ListedPortKind.Switch);
        Endpoints = ReadAll(files, path, "endpoint", this, ListedPortKind.Endpoint);
    }

    public int Id { get; }

    public string Name { get; }

    /// <summary>The device that it belongs to: a memdev, a switch, a host bridge, the CXL root.</summary>
    public string Host { get; }

    public ListedPort? Parent { get; }

    public ListedPortKind Kind { get; }

    public int Depth { get; }

    public IReadOnlyList<ListedDport> Dports { get; }

    public IReadOnlyList<ListedDecoder> Decoders { get; }

    public IReadOnlyList<ListedPort> Ports { get; }

    public IReadOnlyList<ListedPort> Endpoints { get; }

    /// <summary>Of a root: what its users call it.</summary>
    public string Provider => Host switch
    {
        "ACPI0017:00" => "ACPI.CXL",
        "cxl_acpi.0" => "cxl_test",
        _ => Host,
    };

    public bool IsEnabled => _files.IsBound(_path);

    public ListedPort Root => Parent?.Root ?? this;

    /// <summary>The ports below a root or a port, each before what lies below it; endpoints are none.</summary>
    public IEnumerable<ListedPort> AllPorts => Ports.SelectMany(port => port.AllPorts.Prepend(port));

    /// <summary>The last found in a directory comes first.</summary>
    public static IReadOnlyList<ListedPort> ReadAll(SysfsFiles files, string directory, string prefix, ListedPort? parent, ListedPortKind kind) =>
    [
        .. files.Numbered(directory, prefix).Reverse()
            .Select(found => files.RealPath($"{found.Path}/uport") is { } host ? new ListedPort(files, found.Id, found.Path, SysfsFiles.NameOf(host), parent, kind) : null)
            .OfType<ListedPort>(),
    ];

    /// <summary>The region that one of its decoders serves; null where it serves none, and for those of a root.</summary>
    public ListedRegion? RegionOf(ListedDecoder decoder) => Kind != ListedPortKind.Root && decoder.RegionName is { Length: > 0 } name
        ? Root.Decoders.SelectMany(window => window.Regions).FirstOrDefault(region => region.Name == name)
        : null;

    public JsonMap Describe() => Kind == ListedPortKind.Root
        ? new JsonMap().Add("bus", Name).Add("provider", Provider)
        : new JsonMap()
            .Add(Kind == ListedPortKind.Endpoint ? "endpoint" : "port", Name)
            .Add("host", Host)
            .Add("parent_dport", Parent!.Dports.Any(dport => dport.Name == _parentDport) ? _parentDport : null)
            .Add("depth", Depth)
            .Add("state", IsEnabled ? null : "disabled")
            .Add("decoders_committed", _files.Signed($"{_path}/decoders_committed") ?? 0);

    /// <summary>The ports that lead downwards, for -T.</summary>
    public void DescribeDports(JsonMap map, Func<ListedDport, bool> passes, ListedNumbers numbers)
    {
        if (Dports.Count > 0)
        {
            map.Add("nr_dports", Dports.Count).Add("dports", Dports.Where(passes).Select(dport => (object)dport.Describe(numbers)).ToList());
        }
    }
}
