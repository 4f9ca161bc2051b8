using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Hears of all accesses on their way, for traces. It only looks.</summary>
public interface IAccessWatch
{
    /// <param name="number">Of the access; another has it when this one is done.</param>
    /// <param name="kind">What is done.</param>
    /// <param name="route">Which way it takes.</param>
    void OnIssued(int number, AccessKind kind, MemoryRoute route);

    /// <summary>Its message was handed to the wire of the next link: down to the route's last, then up to its first.</summary>
    /// <param name="number">Of the access.</param>
    /// <param name="came">When it came in front of the link.</param>
    /// <param name="gone">When its last slot is on the wire.</param>
    /// <param name="there">When it is where it is looked at.</param>
    void OnSent(int number, SimTime came, SimTime gone, SimTime there);

    /// <summary>It came to its memory.</summary>
    /// <param name="number">Of the access.</param>
    /// <param name="done">When the media are done with it.</param>
    /// <param name="answered">When the controller is.</param>
    void OnServed(int number, SimTime done, SimTime answered);

    /// <summary>Its answer is at the issuer now.</summary>
    /// <param name="number">Of the access.</param>
    void OnDone(int number);
}
