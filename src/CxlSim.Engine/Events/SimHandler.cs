namespace CxlSim.Engine;

/// <summary>What an event calls. The argument is the handler's own: a vector, a ticket, a unit number.</summary>
/// <remarks>A class and no interface: the runtime finds its method sooner, and only the loop can call it.</remarks>
public abstract class SimHandler
{
    /// <summary>Work that takes its own time, such as a sanitize: whoever set it off does not wait for it.</summary>
    public virtual bool IsBackground => false;

    /// <summary>The event has come: the clock stands at its time.</summary>
    protected internal abstract void Handle(ulong argument);
}
