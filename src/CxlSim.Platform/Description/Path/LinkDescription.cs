namespace CxlSim.Platform;

/// <summary>A link between a port and what is plugged into it.</summary>
public sealed record LinkDescription
{
    /// <summary>1, 2, 4, 8 or 16.</summary>
    public int Lanes { get; init; } = 16;

    /// <summary>GT/s: 8, 16, 32 or 64.</summary>
    public int Rate { get; init; } = 32;

    public FlitKind Flits { get; init; }

    /// <summary>Whether answers with data share slots for their headers, or each takes one.</summary>
    public bool PacksHeaders { get; init; } = true;

    /// <summary>Both ports and the wire, each way. Assumed share: only the sum with controller and host is held to measurements.</summary>
    public double LatencyNs { get; init; } = 25;

    public int Retimers { get; init; }

    /// <summary>What each of them adds, each way. Assumed: some clocks of a low-latency mode.</summary>
    public double RetimerNs { get; init; } = 10;

    public CreditsDescription Credits { get; init; } = CreditsDescription.Ample;

    /// <summary>How much the sender hands to the wire at once; what comes later waits; in a host, reads and writes in turn. Fitted to the knee of Mess' curves.</summary>
    public double EgressNs { get; init; } = 44;
}
