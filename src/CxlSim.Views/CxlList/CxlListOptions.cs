namespace CxlSim.Views;

/// <summary>What <c>cxl list</c> is asked for. Each filter takes names with spaces or commas between them; null lets everything pass.</summary>
public sealed record CxlListOptions
{
    /// <summary>From here on more <c>-v</c> change nothing.</summary>
    private const int MostVerbose = 3;

    /// <summary>-m: memdevs by name, number or host.</summary>
    public string? MemdevFilter { get; init; }

    /// <summary>-s: memdevs by serial number.</summary>
    public string? SerialFilter { get; init; }

    /// <summary>-b: buses by name, number or provider.</summary>
    public string? BusFilter { get; init; }

    /// <summary>-p: ports by name, number, host, or kind: root, switch, endpoint.</summary>
    public string? PortFilter { get; init; }

    /// <summary>-e: endpoints by name, number or host.</summary>
    public string? EndpointFilter { get; init; }

    /// <summary>-d: decoders by name, number, or the kind of their port.</summary>
    public string? DecoderFilter { get; init; }

    /// <summary>-r: regions by name or number.</summary>
    public string? RegionFilter { get; init; }

    public bool Memdevs { get; init; }

    public bool Buses { get; init; }

    public bool Ports { get; init; }

    public bool Endpoints { get; init; }

    public bool Decoders { get; init; }

    public bool Regions { get; init; }

    /// <summary>-S: a port filter does not reach what lies below the port.</summary>
    public bool Single { get; init; }

    public bool Targets { get; init; }

    public bool Dax { get; init; }

    /// <summary>-i: what is disabled as well.</summary>
    public bool Idle { get; init; }

    /// <summary>-u: sizes with units, addresses in hexadecimal digits.</summary>
    public bool Human { get; init; }

    public bool Health { get; init; }

    public bool Partition { get; init; }

    public bool Firmware { get; init; }

    public bool AlertConfig { get; init; }

    public bool MediaErrors { get; init; }

    /// <summary>How many times -v was said.</summary>
    public int Verbose { get; init; }

    private bool HasKind => Memdevs || Buses || Ports || Endpoints || Decoders || Regions;

    /// <summary>What follows from what was said: a filter alone asks for its own kind, nothing at all for memdevs and regions, and -v for more and more.</summary>
    public CxlListOptions Complete()
    {
        CxlListOptions all = this;
        if (!HasKind)
        {
            all = all with
            {
                Memdevs = (MemdevFilter ?? SerialFilter) is not null,
                Buses = BusFilter is not null,
                Ports = PortFilter is not null,
                Endpoints = EndpointFilter is not null,
                Decoders = DecoderFilter is not null,
                Regions = RegionFilter is not null,
                Single = true,
            };
        }

        if (!all.HasKind)
        {
            all = all with { Memdevs = true, Regions = true };
        }

        if (Verbose >= 1)
        {
            all = all with { Buses = true, Ports = true, Endpoints = true, Decoders = true, Targets = true, Regions = true };
        }

        if (Verbose >= 2)
        {
            all = all with { Idle = true };
        }

        if (Verbose >= MostVerbose)
        {
            all = all with { Health = true, Partition = true, Firmware = true, AlertConfig = true, Dax = true, MediaErrors = true };
        }

        NameFilter ports = new(PortFilter);
        return all with
        {
            Buses = all.Buses || (all.Ports && ports.Mentions("root")),
            Endpoints = all.Endpoints || (all.Ports && ports.Mentions("endpoint")),
        };
    }
}
