using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>The arithmetic of a segment whose addresses all go the same way but for the slot: what blocks of addresses are translated with.</summary>
internal sealed class UniformRoute
{
    /// <summary>Offsets stay below it, so that a third of one is found exactly in floating point.</summary>
    private const ulong MaxOffset = 1UL << 52;

    private readonly UniformSlots _slots;
    private readonly ParityMatrices? _slotChanges;
    private readonly ulong _last;
    private readonly int _rowShift;
    private readonly ulong _turnMask;
    private readonly ulong _withinChunk;
    private readonly ulong _runMask;

    private UniformRoute(SegmentPlan plan)
    {
        Start = plan.First;
        Reach = plan.Last - plan.First;
        SlotShift = plan.SlotShift;
        TurnShift = plan.TurnShift;
        ByThree = plan.ByThree;
        ref readonly RouteSlot slot = ref plan.Slots[0];
        GranularityShift = slot.GranularityShift;
        WaysShift = slot.WaysShift;
        Xor = plan.Xor;
        XorKind = KindOf(plan.Xor);
        _slotChanges = plan.Xor is { } xor ? ParityMatrices.Of([.. xor.Changes.ToArray().Select(change => (change.Deciding, change.Bit - SlotShift))]) : null;
        _last = plan.Last;
        _rowShift = WaysShift + GranularityShift;
        _turnMask = (1UL << TurnShift) - 1;
        _withinChunk = (1UL << GranularityShift) - 1;
        _runMask = plan.RunMask;
        ReachMask = (1UL << System.Numerics.BitOperations.Log2(Reach + 1)) - 1;
        for (int i = 0; i < Targets.Length; i++)
        {
            Targets[i] = plan.Slots[i % plan.Slots.Length].Target;
            Bases[i] = plan.Slots[i % plan.Slots.Length].DpaOf(plan.First);
            _slots[i] = new UniformSlot(Bases[i], Targets[i]);
        }

        BasesKind = Array.Exists(Bases, dpa => dpa != Bases[0]) ? BasesKind.Many : Bases[0] == 0 ? BasesKind.Zero : BasesKind.One;
    }

    /// <summary>The segment's first address, with which a row of slot 0 begins.</summary>
    public ulong Start { get; }

    /// <summary>The last address is that far from the first.</summary>
    public ulong Reach { get; }

    /// <summary>The low bits that may take any value within reach: an offset that has no bit besides them is within it.</summary>
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
    public ushort[] Targets { get; } = new ushort[UniformSlots.Count];

    /// <summary>The DPA of the segment's first row, for each slot.</summary>
    public ulong[] Bases { get; } = new ulong[UniformSlots.Count];

    public BasesKind BasesKind { get; }

    /// <summary>Null where addresses of the segment must be looked at one by one.</summary>
    public static UniformRoute? Of(SegmentPlan plan)
    {
        if (plan.Slots.Length is 0 or > UniformSlots.Count || plan.Last - plan.First >= MaxOffset || !BeginsWithARow(plan) || !KeepsRows(plan))
        {
            return null;
        }

        RouteSlot model = plan.Slots[0];
        foreach (ref readonly RouteSlot slot in plan.Slots.AsSpan())
        {
            if (!slot.IsHit || slot.Start != plan.Start || !slot.CountsAs(model))
            {
                return null;
            }
        }

        bool sharesRows = plan.SlotShift == model.GranularityShift && plan.TurnShift == model.WaysShift;
        return plan.ByThree == model.ByThree && (sharesRows || !model.ByThree) ? new UniformRoute(plan) : null;
    }

    /// <summary>Whether XOR arithmetic, if any, takes no loop for <see cref="TranslateQuickly"/>.</summary>
    public bool IsQuick => Xor is null || (Gfni.IsSupported && _slotChanges is not null);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(ulong address) => unchecked(address - Start) <= Reach;

    /// <summary>For an address of the segment, of a route that <see cref="IsQuick"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Translation TranslateQuickly(ulong address) => Translate(address, _slotChanges is { } matrices ? matrices.ChangesOf(address) : 0);

    /// <summary>The same for any route.</summary>
    public Translation Translate(ulong address) => Translate(address, Xor is null ? 0 : (Xor.Apply(address) ^ address) >> SlotShift);

    /// <param name="address">Of the plan.</param>
    /// <param name="changes">What XOR arithmetic does to the slot, in the lowest bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Translation Translate(ulong address, ulong changes)
    {
        unchecked
        {
            ulong offset = address - Start;
            ulong row = offset >> _rowShift;
            ulong slot = (offset >> SlotShift) & _turnMask;
            if (ByThree)
            {
                ulong third = row / 3;
                slot |= (row - (3 * third)) << TurnShift;
                row = third;
            }

            ref readonly UniformSlot share = ref _slots[(int)((slot ^ changes) % UniformSlots.Count)];
            ulong run = Math.Min(_runMask - (address & _runMask), _last - address) + 1;
            return new Translation(DecodeOutcome.Hit, share.Target, new Dpa(share.Base + ((row << GranularityShift) | (offset & _withinChunk))), new ByteSize(run));
        }
    }

    private static XorKind KindOf(XorArithmetic? xor) =>
        xor is null || xor.Changes.IsEmpty ? XorKind.None
        : xor.Matrices is not null ? XorKind.Parities
        : xor.FitsAByte ? XorKind.Matrix
        : XorKind.Any;

    /// <summary>Whether XOR arithmetic changes slots alone: rows and places in chunks are those of the address as it was issued.</summary>
    private static bool KeepsRows(SegmentPlan plan)
    {
        ref readonly RouteSlot slot = ref plan.Slots[0];
        return plan.Xor is not { } xor
            || (xor.LowestBit >= Math.Max(slot.GranularityShift, plan.SlotShift)
                && xor.EndOfChanges <= Math.Min(slot.GranularityShift + slot.WaysShift, plan.SlotShift + plan.TurnShift));
    }

    private static bool BeginsWithARow(SegmentPlan plan)
    {
        ref readonly RouteSlot slot = ref plan.Slots[0];
        ulong row = (slot.ByThree ? 3UL : 1) << (slot.GranularityShift + slot.WaysShift);
        ulong turn = (ulong)plan.Slots.Length << plan.SlotShift;
        ulong before = unchecked(plan.First - plan.Start);
        return before % row == 0 && (plan.Slots.Length == 1 || before % turn == 0);
    }
}
