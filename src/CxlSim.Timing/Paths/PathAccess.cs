using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>An access that is under way.</summary>
internal struct PathAccess
{
    public AccessKind Kind;
    public IAccessOwner Owner;
    public SimTime Issued;
    public ulong Address;
    public AccessStage Stage;
}
