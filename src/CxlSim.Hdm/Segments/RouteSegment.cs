using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>A stretch of addresses that the same decoders take: turn by turn the same slots again.</summary>
/// <remarks>All levels take their positions from bits of one address, so together they repeat after 2^n or 3*2^n chunks of the finest level.
/// What does not fit that, such as a map that moves addresses out of the stretch, is left to the reference.</remarks>
internal sealed class RouteSegment
{
    private readonly RouteSlot[] _slots;
    private readonly ulong _turnMask;

    /// <summary>One outcome for all, or none: then only the reference knows.</summary>
    public RouteSegment(ulong first, ulong last, RouteSlot? slot)
        : this(first, last, null, 0, 0, slot is null ? [] : [slot.Value], 63)
    {
    }

    /// <param name="first">As a CPU issues it.</param>
    /// <param name="last">Inclusive.</param>
    /// <param name="xor">From there to what decoders see.</param>
    /// <param name="start">Where slot 0 begins, as decoders see it.</param>
    /// <param name="slotShift">log2 of the bytes in a slot's turn.</param>
    /// <param name="slots">2^n or 3*2^n.</param>
    /// <param name="runShift">log2 of how many bytes surely stay together.</param>
    public RouteSegment(ulong first, ulong last, XorArithmetic? xor, ulong start, int slotShift, RouteSlot[] slots, int runShift)
    {
        First = first;
        Last = last;
        Xor = xor;
        Start = start;
        SlotShift = slotShift;
        _slots = slots;
        ByThree = slots.Length > 0 && slots.Length % 3 == 0;
        TurnShift = slots.Length == 0 ? 0 : System.Numerics.BitOperations.TrailingZeroCount(slots.Length);
        _turnMask = (1UL << TurnShift) - 1;
        RunMask = (1UL << runShift) - 1;
        Uniform = UniformRoute.Of(this);
    }

    public ulong First { get; }

    public ulong Last { get; }

    public XorArithmetic? Xor { get; }

    public ulong Start { get; }

    public int SlotShift { get; }

    /// <summary>log2 of the power of two in the number of slots.</summary>
    public int TurnShift { get; }

    /// <summary>Whether the number of slots is three times a power of two.</summary>
    public bool ByThree { get; }

    /// <summary>Addresses that differ only in these bits surely stay together.</summary>
    public ulong RunMask { get; }

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

            ulong transformed = Xor is null ? address : Xor.Apply(address);
            ref readonly RouteSlot slot = ref _slots[SlotOf(transformed)];
            if (!slot.IsHit)
            {
                return Translation.Miss((DecodeOutcome)(slot.Target - RouteSlot.FirstMiss));
            }

            ulong run = Math.Min(RunMask - (transformed & RunMask), Last - address) + 1;
            return new Translation(DecodeOutcome.Hit, slot.Target, new Dpa(slot.DpaOf(transformed)), new ByteSize(run));
        }
    }

    /// <summary>The same without the run.</summary>
    public ushort Translate(ulong address, out ulong dpa)
    {
        ulong transformed = Xor is null ? address : Xor.Apply(address);
        ref readonly RouteSlot slot = ref _slots[SlotOf(transformed)];
        dpa = slot.IsHit ? slot.DpaOf(transformed) : 0;
        return slot.Target;
    }

    /// <summary>The last address that surely goes the same way; for an address as <see cref="Translate(ulong)"/> takes it.</summary>
    public ulong EndOfRun(ulong address) => Math.Min(Last, address | RunMask);

    private int SlotOf(ulong transformed)
    {
        unchecked
        {
            ulong chunk = (transformed - Start) >> SlotShift;
            ulong power = chunk & _turnMask;
            return (int)(ByThree ? (((chunk >> TurnShift) % 3) << TurnShift) | power : power);
        }
    }
}
