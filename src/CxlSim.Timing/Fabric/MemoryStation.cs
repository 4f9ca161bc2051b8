using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A request comes to a memory.</summary>
internal sealed class MemoryStation(MemoryFabric fabric, MemoryEnd memory) : SimHandler
{
    protected override void Handle(ulong argument)
    {
        int number = (int)argument;
        ref FabricAccess access = ref fabric.Access(number);
        SimTime now = fabric.Now;
        SimTime done = memory.Access(now, access.Address, access.Kind);
        SimTime answered = done + memory.Controller;
        fabric.Watch?.OnServed(number, done, answered);
        fabric.MoveOn(number, now, answered);
    }
}
