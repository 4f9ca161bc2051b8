namespace CxlSim.Hdm;

/// <summary>Which level let an address fall.</summary>
public enum DecodeOutcome
{
    Hit,

    /// <summary>No window claims it.</summary>
    NoWindow,

    /// <summary>The window's target, or a port's, leads nowhere.</summary>
    NoTarget,

    /// <summary>No committed decoder of a host bridge or switch claims it.</summary>
    NoPortDecoder,

    /// <summary>No committed decoder of the endpoint claims it, or its skip leads past every DPA.</summary>
    NoEndpointDecoder,
}
