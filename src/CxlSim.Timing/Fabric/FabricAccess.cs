using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>An access that is under way.</summary>
internal struct FabricAccess
{
    public IAccessOwner Owner;
    public MemoryRoute Route;
    public SimTime Issued;
    public Dpa Address;
    public AccessKind Kind;

    /// <summary>Which of the route's stations it is at, or on its way to; behind the last when it is done.</summary>
    public int At;

    /// <summary>It is no longer in the buffer of the link that brought it here.</summary>
    public readonly void Leave(SimTime now) => Route.Behind[At]?.ReturnCredit(Kind, now);
}
