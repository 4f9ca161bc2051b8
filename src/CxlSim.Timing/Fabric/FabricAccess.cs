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
    public short Hop;
    public AccessKind Kind;
    public AccessStage Stage;
}
