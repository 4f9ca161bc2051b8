namespace CxlSim.Session;

/// <summary>What Linux showed of a root decoder; what it did not show is null.</summary>
internal sealed class WindowFacts
{
    public ulong? Start { get; set; }

    /// <summary>Bytes.</summary>
    public ulong? Size { get; set; }

    /// <summary>Bytes.</summary>
    public ulong? Granularity { get; set; }

    /// <summary>UIDs in interleave order.</summary>
    public IReadOnlyList<uint>? Targets { get; set; }

    public ushort? QosClass { get; set; }

    /// <summary>Restriction bits of the CFMWS (CXL r3.1 9.18.1.3), as capabilities tell them.</summary>
    public ushort Restrictions { get; set; }
}
