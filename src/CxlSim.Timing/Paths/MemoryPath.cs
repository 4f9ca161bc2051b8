using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>Accesses as messages on their way: request down the link, media, answer up the link. Who waits for whom is in the queues, not in a formula.</summary>
/// <remarks>An access is a number in a table; an event carries it as its argument.</remarks>
public sealed class MemoryPath : IEventHandler
{
    private const ulong Pump = ulong.MaxValue;

    private readonly Simulation _simulation;
    private readonly PathParameters _parameters;
    private readonly LinkDirection _down;
    private readonly LinkDirection _up;
    private readonly IMedia _media;
    private readonly Queue<int> _waitingReads = [];
    private readonly Queue<int> _waitingWrites = [];
    private PathAccess[] _accesses = new PathAccess[64];
    private int[] _free = new int[64];
    private int _used;
    private bool _isPumping;
    private bool _isWritesTurn;

    /// <param name="simulation">Whose events carry accesses.</param>
    /// <param name="parameters">Of host, link and controller.</param>
    /// <param name="media">The device's.</param>
    public MemoryPath(Simulation simulation, PathParameters parameters, IMedia media)
    {
        _media = media;
        _simulation = simulation;
        _parameters = parameters;
        SimDuration half = new(parameters.Fixed.Picoseconds / 2);
        _down = new LinkDirection(parameters.Rate, half);
        _up = new LinkDirection(parameters.Rate, new SimDuration(parameters.Fixed.Picoseconds - half.Picoseconds));
        FreeFrom(0);
    }

    /// <summary>Towards the device.</summary>
    public LinkDirection Down => _down;

    /// <summary>Towards the host.</summary>
    public LinkDirection Up => _up;

    /// <summary>Issues an access now.</summary>
    /// <param name="kind">What is done.</param>
    /// <param name="address">To which byte of the device.</param>
    /// <param name="owner">Who is told.</param>
    public void Issue(AccessKind kind, ulong address, IAccessOwner owner)
    {
        if (_used == _accesses.Length)
        {
            Grow();
        }

        int number = _free[_used++];
        _accesses[number] = new PathAccess { Kind = kind, Address = address, Owner = owner, Issued = _simulation.Now };
        bool waits = _waitingReads.Count + _waitingWrites.Count > 0 || _down.Backlog(_simulation.Now) > _parameters.DownstreamBuffer;
        if (!waits)
        {
            SendDown(number);
            return;
        }

        (kind == AccessKind.Read ? _waitingReads : _waitingWrites).Enqueue(number);
        PumpLater();
    }

    void IEventHandler.Handle(ulong argument)
    {
        if (argument == Pump)
        {
            SendWaiting();
            return;
        }

        int number = (int)argument;
        ref PathAccess access = ref _accesses[number];
        switch (access.Stage)
        {
            case AccessStage.Requested:
                access.Stage = AccessStage.Served;
                Schedule(_media.Access(_simulation.Now, access.Address, access.Kind), argument);
                return;
            case AccessStage.Served:
                access.Stage = AccessStage.Answered;
                Schedule(_up.Send(_simulation.Now, access.Kind == AccessKind.Read ? MemoryMessage.Drs : MemoryMessage.Ndr), argument);
                return;
        }

        PathAccess done = access;
        access = default;
        _free[--_used] = number;
        done.Owner.OnDone(done.Kind, _simulation.Now - done.Issued);
    }

    private void SendDown(int number) =>
        Schedule(_down.Send(_simulation.Now, _accesses[number].Kind == AccessKind.Read ? MemoryMessage.Req : MemoryMessage.RwD), (ulong)number);

    /// <summary>Reads and writes in turn, as long as there is room.</summary>
    private void SendWaiting()
    {
        _isPumping = false;
        while (_waitingReads.Count + _waitingWrites.Count > 0)
        {
            if (_down.Backlog(_simulation.Now) > _parameters.DownstreamBuffer)
            {
                PumpLater();
                return;
            }

            bool isWrite = _waitingWrites.Count > 0 && (_isWritesTurn || _waitingReads.Count == 0);
            _isWritesTurn = !isWrite;
            SendDown((isWrite ? _waitingWrites : _waitingReads).Dequeue());
        }
    }

    /// <summary>When there is room again.</summary>
    private void PumpLater()
    {
        if (_isPumping)
        {
            return;
        }

        _isPumping = true;
        long left = _down.Backlog(_simulation.Now).Picoseconds - _parameters.DownstreamBuffer.Picoseconds;
        _simulation.Schedule(new SimDuration(Math.Max(left, 0)), EventPriority.Device, this, Pump);
    }

    private void Schedule(SimTime at, ulong number) => _simulation.Schedule(at - _simulation.Now, EventPriority.Device, this, number);

    private void Grow()
    {
        int size = _used * 2;
        Array.Resize(ref _accesses, size);
        Array.Resize(ref _free, size);
        FreeFrom(_used);
    }

    private void FreeFrom(int first)
    {
        for (int i = first; i < _free.Length; i++)
        {
            _free[i] = i;
        }
    }
}
