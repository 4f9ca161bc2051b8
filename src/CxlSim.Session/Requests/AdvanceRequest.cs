using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>Lets virtual time pass up to a point. Recorded like any other request, so that a session can be replayed.</summary>
internal sealed class AdvanceRequest(Simulation simulation, SimTime until) : Request
{
    public override string Description => $"advance to {until}";

    protected override async SimTask ServeAsync()
    {
        if (until > simulation.Now)
        {
            await simulation.Delay(until - simulation.Now);
        }
    }
}
