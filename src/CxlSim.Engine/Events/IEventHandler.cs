namespace CxlSim.Engine;

/// <summary>What an event calls. The argument is the handler's own: a vector, a ticket, a unit number.</summary>
public interface IEventHandler
{
    void Handle(ulong argument);
}
