namespace CxlSim.Timing;

/// <summary>One of the two channels in front of a link: what waits in it, in the order in which it came, and the room that the receiver has for it.</summary>
/// <param name="message">What it carries.</param>
/// <param name="credits">Room for such messages at the receiver.</param>
internal struct MessageChannel(MemoryMessage message, CreditPool credits)
{
    public Ring<WaitingMessage> Waiting = new();

    public CreditPool Credits = credits;

    public readonly MemoryMessage Message = message;

    /// <summary>The first that waits has found no credit.</summary>
    public bool IsStalled;

    /// <summary>From their arrival in front of the link to their last slot on the wire.</summary>
    public readonly LatencyHistogram Latency = new();
}
