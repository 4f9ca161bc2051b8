namespace CxlSim.Hdm;

/// <summary>Which level let an address fall, and how.</summary>
public enum DecodeOutcome
{
    /// <summary>A device answers.</summary>
    Hit,

    /// <summary>No window claims it.</summary>
    NoWindow,

    /// <summary>The window's target, or a port's, leads nowhere.</summary>
    NoTarget,

    /// <summary>No committed decoder of a host bridge or switch claims it.</summary>
    NoPortDecoder,

    /// <summary>No committed decoder of the endpoint claims it.</summary>
    NoEndpointDecoder,

    /// <summary>What claims it holds register values that are no decoder.</summary>
    IllegalDecoder,

    /// <summary>More than one decoder of a component, or more than one window, claims it.</summary>
    OverlappingDecoders,

    /// <summary>The endpoint's decoder leads past the device's capacity.</summary>
    PastCapacity,
}
