namespace CxlSim.Platform;

/// <summary>How many messages of each channel the receivers of a link have room for.</summary>
public sealed record CreditsDescription(int Req, int RwD, int Ndr, int Drs)
{
    /// <summary>More than a socket's cores have outstanding, so that queues lie in the host: no public figure says how many there are.</summary>
    public static CreditsDescription Ample { get; } = new(4096, 4096, 4096, 4096);
}
