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
    private readonly Stack<int> _free = [];
    private PathAccess[] _accesses = new PathAccess[64];
    private int _made;
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
    }

    /// <summary>Issues an access now.</summary>
    /// <param name="kind">What is done.</param>
    /// <param name="address">To which byte of the device.</param>
    /// <param name="owner">Who is told.</param>
    public void Issue(AccessKind kind, ulong address, IAccessOwner owner)
    {
        int number = NewNumber();
        _accesses[number] = new PathAccess { Kind = kind, Address = address, Owner = owner, Issued = _simulation.Now };
        (kind == AccessKind.Read ? _waitingReads : _waitingWrites).Enqueue(number);
        if (!_isPumping)
        {
            SendWaiting();
        }
    }

    void IEventHandler.Handle(ulong argument)
    {
        if (argument == Pump)
        {
            _isPumping = false;
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
        _free.Push(number);
        done.Owner.OnDone(done.Kind, _simulation.Now - done.Issued);
    }

    private void SendDown(int number) =>
        Schedule(_down.Send(_simulation.Now, _accesses[number].Kind == AccessKind.Read ? MemoryMessage.Req : MemoryMessage.RwD), (ulong)number);

    /// <summary>Reads and writes in turn, as long as there is room.</summary>
    private void SendWaiting()
    {
        while (_waitingReads.Count + _waitingWrites.Count > 0)
        {
            long tooMuch = _down.Backlog(_simulation.Now).Picoseconds - _parameters.DownstreamBuffer.Picoseconds;
            if (tooMuch > 0)
            {
                PumpLater(new SimDuration(tooMuch));
                return;
            }

            bool isWrite = _waitingWrites.Count > 0 && (_isWritesTurn || _waitingReads.Count == 0);
            _isWritesTurn = !isWrite;
            SendDown((isWrite ? _waitingWrites : _waitingReads).Dequeue());
        }
    }

    /// <summary>When there is room again.</summary>
    private void PumpLater(SimDuration tooMuch)
    {
        _isPumping = true;
        _simulation.Schedule(tooMuch, EventPriority.Device, this, Pump);
    }

    private void Schedule(SimTime at, ulong number) => _simulation.Schedule(at - _simulation.Now, EventPriority.Device, this, number);

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
