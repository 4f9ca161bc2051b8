using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A device has its answer ready, which goes to the last link at once.</summary>
internal sealed class AnswerStation(MemoryFabric fabric) : IEventHandler
{
    void IEventHandler.Handle(ulong argument)
    {
        ref FabricAccess access = ref fabric.Access((int)argument);
        access.Leave();
        access.At++;
        access.Route.Stations[access.At].Handle(argument);
    }
}
