using CxlSim.Engine;

namespace CxlSim.Benchmarks;

/// <summary>An event's target that does nothing: queues move it, nobody calls it.</summary>
internal sealed class IdleHandler : IEventHandler
{
    public void Handle(ulong argument)
    {
    }
}
