using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A device has its answer ready, which goes to the last link at once.</summary>
internal sealed class AnswerStation(MemoryFabric fabric) : SimHandler
{
    protected override void Handle(ulong argument)
    {
        ref FabricAccess access = ref fabric.Access((int)argument);
        access.Leave();
        access.At++;
        access.Route.LastUp.Arrive((int)argument, ref access);
    }
}
