namespace CxlSim.Views;

/// <summary>Where objects go that the walk finds: to the bus or port above them if that is listed, else to the top of the listing.</summary>
internal sealed class CxlListSink
{
    private CxlListSink(bool isTop)
    {
        RootDecoders = [];
        PortDecoders = isTop ? [] : RootDecoders;
        EndpointDecoders = isTop ? [] : RootDecoders;
    }

    public List<object> DisabledMemdevs { get; } = [];

    public List<object> Buses { get; } = [];

    public List<object> Ports { get; } = [];

    public List<object> Endpoints { get; } = [];

    public List<object> Memdevs { get; } = [];

    public List<object> RootDecoders { get; }

    public List<object> PortDecoders { get; }

    public List<object> EndpointDecoders { get; }

    public List<object> Regions { get; } = [];

    public static CxlListSink Top() => new(isTop: true);

    /// <summary>For what lies below a bus or a port; decoders of all kinds stand together there.</summary>
    public static CxlListSink Nested() => new(isTop: false);

    public void AddTo(JsonMap map, string name) => map
        .AddAny($"ports:{name}", Ports)
        .AddAny($"endpoints:{name}", Endpoints)
        .AddAny($"decoders:{name}", RootDecoders)
        .AddAny($"regions:{name}", Regions)
        .AddAny($"memdevs:{name}", Memdevs);

    /// <summary>The whole listing: objects of one kind as they are, of several kinds in an object for each kind.</summary>
    public List<object> ToList()
    {
        (string Name, List<object> Objects)[] kinds =
        [
            ("anon memdevs", DisabledMemdevs),
            ("buses", Buses),
            ("ports", Ports),
            ("endpoints", Endpoints),
            ("memdevs", Memdevs),
            ("root decoders", RootDecoders),
            ("port decoders", PortDecoders),
            ("endpoint decoders", EndpointDecoders),
            ("regions", Regions),
        ];
        (string Name, List<object> Objects)[] filled = [.. kinds.Where(kind => kind.Objects.Count > 0)];
        return filled.Length == 1 ? filled[0].Objects : [.. filled.Select(kind => new JsonMap().Add(kind.Name, kind.Objects))];
    }
}
