using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>An answer comes to its host.</summary>
internal sealed class HostStation(MemoryFabric fabric) : SimHandler
{
    protected override void Handle(ulong argument) => fabric.Finish((int)argument);
}
