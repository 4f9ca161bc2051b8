namespace CxlSim.Platform;

/// <summary>What holds lines, and how it is used.</summary>
public sealed record MediaDescription
{
    public MediaKind Kind { get; init; } = MediaKind.Ddr5At4800;

    /// <summary>Only of fixed media.</summary>
    public double ReadNs { get; init; } = 40;

    /// <summary>Until a write is accepted; only of fixed media.</summary>
    public double WriteNs { get; init; }

    /// <summary>Independent channels, a power of two: a DIMM of DDR5 has two.</summary>
    public int Channels { get; init; } = 4;

    /// <summary>Of a channel, a power of two.</summary>
    public int Ranks { get; init; } = 2;

    /// <summary>Whether a row is closed after each access, or stays open for the next.</summary>
    public bool ClosesRows { get; init; }

    /// <summary>Writes that a channel collects before it turns its bus.</summary>
    public int WriteBuffer { get; init; } = 24;
}
