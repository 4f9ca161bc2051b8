using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>A stretch of addresses that the same decoders take: turn by turn the same slots again.</summary>
/// <remarks>All levels take their positions from bits of one address, so together they repeat after 2^n or 3*2^n chunks of the finest level.
/// What does not fit that, such as a map that moves addresses out of the stretch, is left to the reference.</remarks>
internal sealed class RouteSegment
{
    private readonly XorArithmetic? _xor;
    private readonly RouteSlot[] _slots;
    private readonly bool _byThree;
    private readonly int _turnShift;
    private readonly ulong _turnMask;
    private readonly ulong _runMask;

    public RouteSegment(SegmentPlan plan)
    {
        First = plan.First;
        Last = plan.Last;
        Start = plan.Start;
        SlotShift = plan.SlotShift;
        _runMask = plan.RunMask;
        _xor = plan.Xor;
        _slots = plan.Slots;
        _byThree = plan.ByThree;
        _turnShift = plan.TurnShift;
        _turnMask = (1UL << _turnShift) - 1;
        Uniform = UniformRoute.Of(plan);
    }

    public ulong First { get; }

    public ulong Last { get; }

    public ulong Start { get; }

    public int SlotShift { get; }

    public ReadOnlySpan<RouteSlot> Slots => _slots;

    /// <summary>What blocks of addresses are translated with; null where they must be looked at one by one.</summary>
    public UniformRoute? Uniform { get; }

    public bool IsLeftToReference => _slots.Length == 0;

    public bool Holds(ulong address) => address >= First && address <= Last;

    /// <summary>Only for an address between <see cref="First"/> and <see cref="Last"/>, of a segment that is not left to the reference.</summary>
    public Translation Translate(ulong address)
    {
        unchecked
        {
            if (Uniform is { } route)
            {
                return route.Translate(address);
            }

            ulong transformed = _xor is null ? address : _xor.Apply(address);
            ref readonly RouteSlot slot = ref _slots[SlotOf(transformed)];
            if (!slot.IsHit)
            {
                return Translation.Miss((DecodeOutcome)(slot.Target - RouteSlot.FirstMiss));
            }

            ulong run = Math.Min(_runMask - (transformed & _runMask), Last - address) + 1;
            return new Translation(DecodeOutcome.Hit, slot.Target, new Dpa(slot.DpaOf(transformed)), new ByteSize(run));
        }
    }

    /// <summary>The same without the run.</summary>
    public ushort Translate(ulong address, out ulong dpa)
    {
        ulong transformed = _xor is null ? address : _xor.Apply(address);
        ref readonly RouteSlot slot = ref _slots[SlotOf(transformed)];
        dpa = slot.IsHit ? slot.DpaOf(transformed) : 0;
        return slot.Target;
    }

    /// <summary>The last address that surely goes the same way; for an address as <see cref="Translate(ulong)"/> takes it.</summary>
    public ulong EndOfRun(ulong address) => Math.Min(Last, address | _runMask);

    private int SlotOf(ulong transformed)
    {
        unchecked
        {
            ulong chunk = (transformed - Start) >> SlotShift;
            ulong power = chunk & _turnMask;
            return (int)(_byThree ? (((chunk >> _turnShift) % 3) << _turnShift) | power : power);
        }
    }
}
