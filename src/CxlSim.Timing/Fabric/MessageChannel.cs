using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>One of the two channels in front of a link: what waits in it, in the order in which it came, and the room that the receiver has for it. Its events bring messages.</summary>
/// <param name="queue">Where it shares the wire with the other one.</param>
/// <param name="turn">0 for messages without data, 1 for those with data.</param>
/// <param name="cost">How long one is on the wire.</param>
/// <param name="credits">Room for such messages at the receiver.</param>
internal sealed class MessageChannel(LinkQueue queue, int turn, WireTime cost, CreditPool credits) : SimHandler
{
    public Ring<WaitingMessage> Waiting = new();

    public CreditPool Credits = credits;

    public readonly WireTime Cost = cost;

    public readonly int Turn = turn;

    /// <summary>The first that waits has found no credit.</summary>
    public bool IsStalled;

    /// <summary>From their arrival in front of the link to their last slot on the wire.</summary>
    public readonly LatencyHistogram Latency = new();

    /// <summary>Whether nothing waits and all credits are back or on their way.</summary>
    public bool IsAtRest => Waiting.Count == 0 && Credits.Home == Credits.Count;

    /// <summary>When what waits may find a credit; the far future where nothing waits, or none is on its way. Unit: picoseconds of virtual time.</summary>
    public long NextCredit => Waiting.Count > 0 ? Credits.NextReturn : long.MaxValue;

    /// <summary>The receiver has done with a message.</summary>
    /// <param name="now">The time of the event at hand.</param>
    public void ReturnCredit(SimTime now)
    {
        Credits.Return(now.Picoseconds);
        queue.OnCredit(now);
    }

    /// <summary>A message comes.</summary>
    /// <param name="number">Of its access.</param>
    /// <param name="now">The time of the event at hand.</param>
    public void Arrive(int number, SimTime now) => queue.Arrive(number, this, now);

    protected override void Handle(ulong argument) => Arrive((int)argument, queue.Now);
}
