using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Accesses as messages on their way: requests down the links of a route, media, answers up. Who waits for whom is in the queues, not in a formula.</summary>
/// <remarks>An access is a number in a table; an event carries it as its argument.</remarks>
/// <param name="simulation">Whose events carry accesses.</param>
public sealed class MemoryFabric(Simulation simulation) : IEventHandler
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
        (access.Kind, access.Stage, access.Hop, access.Address, access.Issued) = (kind, AccessStage.Down, 0, address, Now);
        if (!ReferenceEquals(access.Route, route) || !ReferenceEquals(access.Owner, owner))
        {
            (access.Route, access.Owner) = (route, owner); // a reference that is written costs more than one that is looked at
        }

        Watch?.OnIssued(number, kind, route);
        route.Down[0].Put(number, DownChannel(kind));
    }

    void IEventHandler.Handle(ulong argument)
    {
        int number = (int)argument;
        ref FabricAccess access = ref _accesses[number];
        switch (access.Stage)
        {
            case AccessStage.Down:
                Descend(number, ref access);
                break;
            case AccessStage.Served:
                access.Stage = AccessStage.Up;
                access.Route.Down[access.Hop].ReturnCredit(DownChannel(access.Kind));
                access.Route.Up[access.Hop].Put(number, UpChannel(access.Kind));
                break;
            case AccessStage.Up:
                Ascend(number, ref access);
                break;
            default:
                throw new SimulatorBugException("an access that is done once");
        }
    }

    /// <summary>A message leaves the queue in front of a link, and with it the buffer of the link before.</summary>
    internal void Leave(int number)
    {
        ref FabricAccess access = ref _accesses[number];
        if (access.Stage == AccessStage.Down && access.Hop > 0)
        {
            access.Route.Down[access.Hop - 1].ReturnCredit(DownChannel(access.Kind));
        }
        else if (access.Stage == AccessStage.Up && access.Hop + 1 < access.Route.Up.Length)
        {
            access.Route.Up[access.Hop + 1].ReturnCredit(UpChannel(access.Kind));
        }
    }

    internal void ArriveAt(SimTime time, int number) => simulation.Schedule(time - Now, EventPriority.Device, this, (ulong)number);

    private void Descend(int number, ref FabricAccess access)
    {
        if (access.Hop + 1 < access.Route.Down.Length)
        {
            access.Hop++;
            access.Route.Down[access.Hop].Put(number, DownChannel(access.Kind));
            return;
        }

        access.Stage = AccessStage.Served;
        MemoryEnd memory = access.Route.Memory;
        SimTime done = memory.Access(Now, access.Address, access.Kind);
        Watch?.OnServed(number, done, done + memory.Controller);
        ArriveAt(done + memory.Controller, number);
    }

    private void Ascend(int number, ref FabricAccess access)
    {
        int channel = UpChannel(access.Kind);
        if (access.Hop > 0)
        {
            access.Hop--;
            access.Route.Up[access.Hop].Put(number, channel);
            return;
        }

        access.Route.Up[0].ReturnCredit(channel);
        access.Stage = AccessStage.Done;
        Watch?.OnDone(number);
        _free.Push(number);
        Done++;
        access.Owner.OnDone(access.Kind, Now - access.Issued); // which may issue the next, in the same place
    }

    /// <summary>A write brings its data: on the channel of RwD.</summary>
    private static int DownChannel(AccessKind kind) => (int)kind;

    /// <summary>A read is answered with data: on the channel of DRS.</summary>
    private static int UpChannel(AccessKind kind) => (int)kind ^ 1;

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
