using System.Numerics;

namespace CxlSim.Hdm;

/// <summary>A stretch of addresses that the same decoders take, as it was compiled: what its arithmetic is made from.</summary>
/// <param name="First">As a CPU issues it.</param>
/// <param name="Last">Inclusive.</param>
/// <param name="Xor">From there to what decoders see.</param>
/// <param name="Start">Where slot 0 begins, as decoders see it.</param>
/// <param name="SlotShift">log2 of the bytes in a slot's turn.</param>
/// <param name="Slots">2^n or 3*2^n; none where only the reference knows.</param>
/// <param name="RunShift">log2 of how many bytes surely stay together.</param>
internal sealed record SegmentPlan(ulong First, ulong Last, XorArithmetic? Xor, ulong Start, int SlotShift, RouteSlot[] Slots, int RunShift)
{
    /// <summary>Whether the number of slots is three times a power of two.</summary>
    public bool ByThree => Slots.Length > 0 && Slots.Length % 3 == 0;

    /// <summary>log2 of the power of two in the number of slots.</summary>
    public int TurnShift => Slots.Length == 0 ? 0 : BitOperations.TrailingZeroCount(Slots.Length);

    /// <summary>Addresses that differ only in these bits surely stay together.</summary>
    public ulong RunMask => (1UL << RunShift) - 1;

    /// <summary>One outcome for all, or none: then only the reference knows.</summary>
    public static SegmentPlan Of(ulong first, ulong last, RouteSlot? slot) => new(first, last, null, 0, 0, slot is null ? [] : [slot.Value], 63);
}
