namespace CxlSim.Timing;

/// <summary>How much DRAM a controller has, and how it is used.</summary>
/// <param name="Channels">A power of two; neighbouring lines lie on neighbouring channels.</param>
/// <param name="Ranks">Of a channel, a power of two.</param>
/// <param name="ClosesRows">Whether a row is closed after each access; otherwise it stays open for the next.</param>
/// <param name="WriteBuffer">Writes that a channel collects before it writes them at once, for turning the bus takes time.</param>
public sealed record DramGeometry(int Channels, int Ranks, bool ClosesRows, int WriteBuffer)
{
    /// <summary>Lines of a row, over the chips of a rank: 8 KiB.</summary>
    internal const int RowLines = 128;
}
