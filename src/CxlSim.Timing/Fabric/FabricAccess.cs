using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>An access that is under way.</summary>
internal struct FabricAccess
{
    /// <summary>A route has each of its steps twice.</summary>
    public const int Stride = 2;

    public IAccessOwner Owner;
    public RouteStep[] Steps;
    public SimTime Issued;
    public Dpa Address;

    /// <summary>Which of the steps it is at, or on its way to; behind the last when it is done. Those of reads are even.</summary>
    public int At;

    public readonly AccessKind Kind => (AccessKind)(At & 1);
}
