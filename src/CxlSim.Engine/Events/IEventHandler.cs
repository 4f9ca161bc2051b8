namespace CxlSim.Engine;

/// <summary>What an event calls. The argument is the handler's own: a vector, a ticket, a unit number.</summary>
public interface IEventHandler
{
    /// <summary>Work that takes its own time, such as a sanitize: whoever set it off does not wait for it.</summary>
    bool IsBackground => false;

    /// <summary>The event has come: the clock stands at its time.</summary>
    void Handle(ulong argument);
}
