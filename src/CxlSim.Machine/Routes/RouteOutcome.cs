namespace CxlSim.Machine;

/// <summary>Which level let an address fall, and how; for views, member by member the data path's own list.</summary>
public enum RouteOutcome
{
    Hit,

    /// <summary>No window claims it.</summary>
    NoWindow,

    /// <summary>The window's target, or a port's, leads nowhere.</summary>
    NoTarget,

    /// <summary>No committed decoder of a host bridge or switch claims it.</summary>
    NoPortDecoder,

    /// <summary>No committed decoder of the device claims it.</summary>
    NoEndpointDecoder,

    /// <summary>What claims it is no legal decoder or window.</summary>
    IllegalDecoder,

    /// <summary>More than one decoder of a component, or more than one window, claims it.</summary>
    OverlappingDecoders,

    /// <summary>The device's decoder leads past its capacity.</summary>
    PastCapacity,
}
