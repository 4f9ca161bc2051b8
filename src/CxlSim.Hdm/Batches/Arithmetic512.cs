using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm;

/// <summary>From transformed addresses to DPAs and slots, eight at a time.</summary>
internal readonly struct Arithmetic512
{
    /// <summary>Low halves of two vectors, in order.</summary>
    private static readonly Vector512<uint> LowHalves = Vector512.Create(0u, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);

    /// <summary>Puts the halves of lanes back in order that packing took apart.</summary>
    private static readonly Vector512<ulong> Unpacked = Vector512.Create(0UL, 2, 4, 6, 1, 3, 5, 7);

    private readonly bool _byThree;
    private readonly bool _hasOneBase;
    private readonly Vector512<ulong> _start;
    private readonly Vector512<ulong> _withinChunk;
    private readonly Vector512<ulong> _rowShift;
    private readonly Vector512<ulong> _granularityShift;
    private readonly Vector512<ulong> _slotShift;
    private readonly Vector512<ulong> _turnShift;
    private readonly Vector512<ulong> _turnMask;
    private readonly Vector512<ulong> _base;
    private readonly Vector512<ulong> _highBases;
    private readonly Vector512<uint> _sourceShift;
    private readonly Vector512<uint> _sourceMask;

    public Arithmetic512(UniformRoute route)
    {
        ulong turnMask = (1UL << route.TurnShift) - 1;
        _byThree = route.ByThree;
        _hasOneBase = route.HasOneBase;
        _start = Vector512.Create(route.Start);
        _withinChunk = Vector512.Create((1UL << route.GranularityShift) - 1);
        _rowShift = Vector512.Create((ulong)(route.WaysShift + (_byThree ? route.GranularityShift : 0)));
        _granularityShift = Vector512.Create((ulong)route.GranularityShift);
        _slotShift = Vector512.Create((ulong)route.SlotShift);
        _turnShift = Vector512.Create((ulong)route.TurnShift);
        _turnMask = Vector512.Create(turnMask);
        _base = _hasOneBase ? Vector512.Create(route.Bases[0]) : Vector512.Create(route.Bases);
        _highBases = Vector512.Create(route.Bases, Vector512<ulong>.Count);
        _sourceShift = Vector512.Create(_byThree ? 0 : (uint)route.SlotShift);
        _sourceMask = Vector512.Create(_byThree ? uint.MaxValue : (uint)turnMask);
    }

    /// <param name="transformed">As decoders see them.</param>
    /// <param name="slotSource">What <see cref="Slots"/> finds the slots in.</param>
    /// <returns>DPAs.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ulong> Translate(Vector512<ulong> transformed, out Vector512<ulong> slotSource)
    {
        Vector512<ulong> offset = transformed - _start;
        Vector512<ulong> row = Avx512F.ShiftRightLogicalVariable(offset, _rowShift);
        slotSource = offset;
        if (_byThree)
        {
            Vector512<ulong> turns = row;
            row = ThirdOf(turns);
            Vector512<ulong> third = turns - row - row - row;
            slotSource = Avx512F.ShiftLeftLogicalVariable(third, _turnShift) | (Avx512F.ShiftRightLogicalVariable(offset, _slotShift) & _turnMask);
            row = Avx512F.ShiftLeftLogicalVariable(row, _granularityShift);
        }

        Vector512<ulong> withinShare = Vector512.ConditionalSelect(_withinChunk, offset, row);
        return withinShare + (_hasOneBase ? _base : BaseOf(slotSource));
    }

    /// <summary>The slots of 32 addresses, in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ushort> Slots(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d)
    {
        Vector512<uint> low = SlotsOf(Avx512F.PermuteVar16x32x2(a.AsUInt32(), LowHalves, b.AsUInt32()));
        Vector512<uint> high = SlotsOf(Avx512F.PermuteVar16x32x2(c.AsUInt32(), LowHalves, d.AsUInt32()));
        return Avx512F.PermuteVar8x64(Avx512BW.PackUnsignedSaturate(low.AsInt32(), high.AsInt32()).AsUInt64(), Unpacked).AsUInt16();
    }

    /// <summary>Exact below 2^44: a third is at least a sixth away from what the rounding could do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> ThirdOf(Vector512<ulong> value) => Avx512DQ.ConvertToVector512UInt64WithTruncation(
        Avx512F.FusedMultiplyAdd(Avx512DQ.ConvertToVector512Double(value), Vector512.Create(1.0 / 3), Vector512.Create(1.0 / 6)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<uint> SlotsOf(Vector512<uint> source) => Avx512F.ShiftRightLogicalVariable(source, _sourceShift) & _sourceMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> BaseOf(Vector512<ulong> slotSource)
    {
        Vector512<ulong> slot = _byThree ? slotSource : Avx512F.ShiftRightLogicalVariable(slotSource, _slotShift) & _turnMask;
        return Avx512F.PermuteVar8x64x2(_base, slot, _highBases);
    }
}
