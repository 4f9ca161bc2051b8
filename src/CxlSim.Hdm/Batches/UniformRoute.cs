using System.Runtime.CompilerServices;

namespace CxlSim.Hdm;

/// <summary>The arithmetic of a segment whose addresses all go the same way but for the slot: what blocks of addresses are translated with.</summary>
internal sealed class UniformRoute
{
    /// <summary>As many as a vector of DPAs and one more hold.</summary>
    public const int MaxSlots = 16;

    /// <summary>Offsets stay below it, so that a third of one is found exactly in floating point.</summary>
    private const ulong MaxOffset = 1UL << 52;

    private UniformRoute(RouteSegment segment)
    {
        Start = segment.First;
        Reach = segment.Last - segment.First;
        SlotShift = segment.SlotShift;
        TurnShift = segment.TurnShift;
        ByThree = segment.ByThree;
        ref readonly RouteSlot slot = ref segment.Slots[0];
        GranularityShift = slot.GranularityShift;
        WaysShift = slot.WaysShift;
        Xor = segment.Xor;
        XorKind = KindOf(segment.Xor);
        ReachMask = (1UL << System.Numerics.BitOperations.Log2(Reach + 1)) - 1;
        for (int i = 0; i < Targets.Length; i++)
        {
            Targets[i] = segment.Slots[i % segment.Slots.Length].Target;
            Bases[i] = segment.Slots[i % segment.Slots.Length].DpaOf(segment.First);
        }

        BasesKind = Array.Exists(Bases, dpa => dpa != Bases[0]) ? BasesKind.Many : Bases[0] == 0 ? BasesKind.Zero : BasesKind.One;
    }

    /// <summary>The segment's first address, with which a row of slot 0 begins.</summary>
    public ulong Start { get; }

    /// <summary>The last address is that far from the first.</summary>
    public ulong Reach { get; }

    /// <summary>As many low bits as may all be set in an address within reach: whoever has no other is within.</summary>
    public ulong ReachMask { get; }

    public int SlotShift { get; }

    public int TurnShift { get; }

    /// <summary>Whether slots and rows are counted by three times a power of two.</summary>
    public bool ByThree { get; }

    public int GranularityShift { get; }

    public int WaysShift { get; }

    public XorArithmetic? Xor { get; }

    public XorKind XorKind { get; }

    /// <summary>The device of each slot, repeated to the table's end.</summary>
    public ushort[] Targets { get; } = new ushort[MaxSlots];

    /// <summary>The DPA of the segment's first row, for each slot.</summary>
    public ulong[] Bases { get; } = new ulong[MaxSlots];

    public BasesKind BasesKind { get; }

    /// <summary>Null where addresses of the segment must be looked at one by one.</summary>
    public static UniformRoute? Of(RouteSegment segment)
    {
        if (segment.Slots.Length is 0 or > MaxSlots || segment.Last - segment.First >= MaxOffset || !BeginsWithARow(segment))
        {
            return null;
        }

        RouteSlot model = segment.Slots[0];
        foreach (ref readonly RouteSlot slot in segment.Slots)
        {
            if (!slot.IsHit || slot.Start != segment.Start || !slot.CountsAs(model))
            {
                return null;
            }
        }

        bool sharesRows = segment.SlotShift == model.GranularityShift && segment.TurnShift == model.WaysShift;
        return segment.ByThree == model.ByThree && (sharesRows || !model.ByThree) ? new UniformRoute(segment) : null;
    }

    /// <summary>For an address of the segment, where slots are counted by three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ushort Translate(ulong address, out ulong dpa)
    {
        unchecked
        {
            ulong offset = address - Start;
            ulong row = offset >> (WaysShift + GranularityShift);
            ulong third = row / 3;
            int slot = (int)((((row - (3 * third)) << TurnShift) | ((offset >> SlotShift) & ((1UL << TurnShift) - 1))) % MaxSlots);
            dpa = Bases[slot] + ((third << GranularityShift) | (offset & ((1UL << GranularityShift) - 1)));
            return Targets[slot];
        }
    }

    private static XorKind KindOf(XorArithmetic? xor) =>
        xor is null || xor.Changes.IsEmpty ? XorKind.None
        : xor.Changes.Length == 1 ? XorKind.One
        : TwoParities512.CanDo(xor) ? XorKind.Two
        : MatrixXor512.CanDo(xor) ? XorKind.Matrix
        : XorKind.Any;

    private static bool BeginsWithARow(RouteSegment segment)
    {
        ref readonly RouteSlot slot = ref segment.Slots[0];
        ulong row = (slot.ByThree ? 3UL : 1) << (slot.GranularityShift + slot.WaysShift);
        ulong turn = (ulong)segment.Slots.Length << segment.SlotShift;
        ulong before = unchecked(segment.First - segment.Start);
        return before % row == 0 && (segment.Slots.Length == 1 || before % turn == 0);
    }
}
