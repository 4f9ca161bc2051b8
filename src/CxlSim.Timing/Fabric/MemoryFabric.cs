using System.Runtime.CompilerServices;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Accesses as messages on their way: requests down the links of a route, media, answers up. Who waits for whom is in the queues, not in a formula.</summary>
/// <remarks>An access is a number in a table; an event carries it as its argument to the next station of its route.</remarks>
/// <param name="simulation">Whose events carry accesses.</param>
public sealed class MemoryFabric(Simulation simulation)
{
    private readonly Stack<int> _free = [];
    private FabricAccess[] _accesses = new FabricAccess[64];
    private int _made;

    public Simulation Simulation => simulation;

    /// <summary>Accesses that were issued and are not done.</summary>
    public int UnderWay => _made - _free.Count;

    public long Issued { get; private set; }

    public long Done { get; private set; }

    /// <summary>Hears of accesses; null for nobody.</summary>
    public IAccessWatch? Watch { get; set; }

    internal SimTime Now => simulation.Now;

    /// <summary>Issues an access now.</summary>
    /// <param name="kind">What is done.</param>
    /// <param name="route">Which way.</param>
    /// <param name="address">To which byte of the memory at its end.</param>
    /// <param name="owner">Who is told.</param>
    public void Issue(AccessKind kind, MemoryRoute route, Dpa address, IAccessOwner owner)
    {
        Issued++;
        int number = NewNumber();
        ref FabricAccess access = ref _accesses[number];
        SimTime now = Now;
        (access.At, access.Address, access.Issued) = ((int)kind, address, now);
        if (!ReferenceEquals(access.Steps, route.Steps) || !ReferenceEquals(access.Owner, owner))
        {
            (access.Steps, access.Owner) = (route.Steps, owner); // a reference that is written costs more than one that is looked at
        }

        Watch?.OnIssued(number, kind, route);
        route.First[(int)kind].Arrive(number, now);
    }

    /// <summary>One that is under way; until the next is issued.</summary>
    internal ref FabricAccess Access(int number) => ref _accesses[number];

    /// <summary>An access leaves a step, and comes to the next later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void MoveOn(int number, SimTime now, SimTime there)
    {
        ref FabricAccess access = ref _accesses[number];
        RouteStep[] steps = access.Steps;
        int next = access.At + FabricAccess.Stride;
        steps[access.At].Behind?.ReturnCredit(now);
        access.At = next;
        simulation.Schedule(there - now, EventPriority.Device, steps[next].Station, (ulong)number);
    }

    /// <summary>An access is at its host again.</summary>
    internal void Finish(int number)
    {
        ref FabricAccess access = ref _accesses[number];
        if (access.At >= access.Steps.Length)
        {
            throw new SimulatorBugException("an access that is done once");
        }

        SimTime now = Now;
        AccessKind kind = access.Kind;
        access.Steps[access.At].Behind?.ReturnCredit(now);
        access.At += FabricAccess.Stride;
        Watch?.OnDone(number);
        _free.Push(number);
        Done++;
        access.Owner.OnDone(kind, now - access.Issued); // which may issue the next, in the same place
    }

    /// <summary>One that is free, or the next.</summary>
    private int NewNumber()
    {
        if (_free.TryPop(out int number))
        {
            return number;
        }

        if (_made == _accesses.Length)
        {
            Array.Resize(ref _accesses, _made * 2);
        }

        return _made++;
    }
}
