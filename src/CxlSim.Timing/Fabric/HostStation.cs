using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>An answer comes to its host.</summary>
internal sealed class HostStation(MemoryFabric fabric) : IEventHandler
{
    void IEventHandler.Handle(ulong argument) => fabric.Finish((int)argument);
}
