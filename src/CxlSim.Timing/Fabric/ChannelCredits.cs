namespace CxlSim.Timing;

/// <summary>How many messages of each channel a receiver has room for. At least 1 each.</summary>
/// <param name="Req">Requests without data.</param>
/// <param name="RwD">Requests with data.</param>
/// <param name="Ndr">Answers without data.</param>
/// <param name="Drs">Answers with data.</param>
public sealed record ChannelCredits(int Req, int RwD, int Ndr, int Drs)
{
    /// <summary>More than a host ever has outstanding.</summary>
    public static ChannelCredits Ample { get; } = new(4096, 4096, 4096, 4096);
}
