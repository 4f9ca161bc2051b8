using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm;

/// <summary>From offsets in a segment to DPAs and slots, eight at a time. Its constants stay in registers where all of it is inlined.</summary>
/// <typeparam name="TByThree">Whether slots and rows are counted by three times a power of two.</typeparam>
/// <typeparam name="TBases">Where the shares of devices begin.</typeparam>
internal readonly struct Arithmetic512<TByThree, TBases>
    where TByThree : struct, IChoice
    where TBases : struct, IBases
{
    /// <summary>Low halves of two vectors, in order.</summary>
    private static readonly Vector512<uint> LowHalves = Vector512.Create(0u, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);

    private readonly Vector512<ulong> _withinChunk;
    private readonly Vector512<ulong> _rowShift;
    private readonly Vector512<ulong> _granularityShift;
    private readonly Vector512<ulong> _slotShift;
    private readonly Vector512<ulong> _turnShift;
    private readonly Vector512<ulong> _turnMask;
    private readonly Vector512<ulong> _bases;
    private readonly Vector512<ulong> _highBases;
    private readonly Vector512<uint> _rowShift32;
    private readonly Vector512<uint> _slotShift32;
    private readonly Vector512<uint> _slotShiftToHigh32;
    private readonly Vector512<uint> _turnShift32;
    private readonly Vector512<uint> _turnMask32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Arithmetic512(UniformRoute route)
    {
        int rowShift = route.WaysShift + (TByThree.IsTaken ? route.GranularityShift : 0);
        _withinChunk = Vector512.Create((1UL << route.GranularityShift) - 1);
        _rowShift = Vector512.Create((ulong)rowShift);
        _granularityShift = Vector512.Create((ulong)route.GranularityShift);
        _slotShift = Vector512.Create((ulong)route.SlotShift);
        _turnShift = Vector512.Create((ulong)route.TurnShift);
        _turnMask = Vector512.Create((1UL << route.TurnShift) - 1);
        _bases = TBases.Kind == BasesKind.One ? Vector512.Create(route.Bases[0]) : Vector512.Create(route.Bases);
        _highBases = Vector512.Create(route.Bases, Vector512<ulong>.Count);
        _rowShift32 = Vector512.Create((uint)rowShift);
        _slotShift32 = Vector512.Create((uint)route.SlotShift);
        _slotShiftToHigh32 = Vector512.Create((uint)(16 - Math.Min(16, route.SlotShift)));
        _turnShift32 = Vector512.Create((uint)route.TurnShift);
        _turnMask32 = Vector512.Create((1u << route.TurnShift) - 1);
    }

    /// <summary>DPAs; and a third of the rows, where they are counted by three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ulong> DpasOf(Vector512<ulong> offset, out Vector512<ulong> third)
    {
        Vector512<ulong> row = Avx512F.ShiftRightLogicalVariable(offset, _rowShift);
        third = row;
        if (TByThree.IsTaken)
        {
            third = ThirdOf(row);
        }

        Vector512<ulong> aligned = TByThree.IsTaken ? Avx512F.ShiftLeftLogicalVariable(third, _granularityShift) : row;
        Vector512<ulong> withinShare = Vector512.ConditionalSelect(_withinChunk, offset, aligned);
        return TBases.Kind switch
        {
            BasesKind.Zero => withinShare,
            BasesKind.One => withinShare + _bases,
            _ => withinShare + Avx512F.PermuteVar8x64x2(_bases, SlotOf(offset, row, third), _highBases),
        };
    }

    /// <summary>The slots of 32 addresses, from their offsets and thirds: those of the first two vectors and of the others in turn. Only their four lowest bits mean something.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ushort> SlotsOf(
        Vector512<ulong> a,
        Vector512<ulong> b,
        Vector512<ulong> c,
        Vector512<ulong> d,
        Vector512<ulong> thirdA,
        Vector512<ulong> thirdB,
        Vector512<ulong> thirdC,
        Vector512<ulong> thirdD)
    {
        Vector512<uint> first = LowHalvesOf(a, b);
        Vector512<uint> second = LowHalvesOf(c, d);
        if (TByThree.IsTaken)
        {
            first = SlotsOf(first, LowHalvesOf(thirdA, thirdB));
            second = Avx512F.ShiftLeftLogical(SlotsOf(second, LowHalvesOf(thirdC, thirdD)), 16);
        }
        else
        {
            first = Avx512F.ShiftRightLogicalVariable(first, _slotShift32);
            second = Avx512F.ShiftLeftLogicalVariable(second, _slotShiftToHigh32);
        }

        return Vector512.ConditionalSelect(Vector512.Create(0xffffu), first, second).AsUInt16();
    }

    /// <summary>Slots have so few bits that the low halves of offsets are enough.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> LowHalvesOf(Vector512<ulong> one, Vector512<ulong> other) =>
        Avx512F.PermuteVar16x32x2(one.AsUInt32(), LowHalves, other.AsUInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<uint> SlotsOf(Vector512<uint> offset, Vector512<uint> third)
    {
        Vector512<uint> rest = (Avx512F.ShiftRightLogicalVariable(offset, _rowShift32) + third) & Vector512.Create(3u); // less three thirds, modulo 4
        return (Avx512F.ShiftRightLogicalVariable(offset, _slotShift32) & _turnMask32) | Avx512F.ShiftLeftLogicalVariable(rest, _turnShift32);
    }

    /// <summary>Exact below 2^44: a third is at least a sixth away from what the rounding could do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> ThirdOf(Vector512<ulong> value) => Avx512DQ.ConvertToVector512UInt64WithTruncation(
        Avx512F.FusedMultiplyAdd(Avx512DQ.ConvertToVector512Double(value), Vector512.Create(1.0 / 3), Vector512.Create(1.0 / 6)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> SlotOf(Vector512<ulong> offset, Vector512<ulong> row, Vector512<ulong> third)
    {
        Vector512<ulong> turn = Avx512F.ShiftRightLogicalVariable(offset, _slotShift) & _turnMask;
        return TByThree.IsTaken ? turn | Avx512F.ShiftLeftLogicalVariable(row - (third + third + third), _turnShift) : turn;
    }
}
