using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm;

/// <summary>XOR arithmetic that changes one bit: the parities of an address's bytes, added up.</summary>
internal readonly struct OneParity512 : IXor512<OneParity512>
{
    private readonly Vector512<ulong> _deciding;
    private readonly Vector512<ulong> _shift;
    private readonly Vector512<ulong> _changing;

    private OneParity512((ulong Deciding, int Bit) change)
    {
        _deciding = Vector512.Create(change.Deciding);
        _shift = Vector512.Create((ulong)change.Bit);
        _changing = Vector512.Create(1UL << change.Bit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneParity512 Of(UniformRoute route) => new(route.Xor!.Changes[0]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref Vector512<ulong> a, ref Vector512<ulong> b, ref Vector512<ulong> c, ref Vector512<ulong> d)
    {
        a = Apply(a);
        b = Apply(b);
        c = Apply(c);
        d = Apply(d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> Apply(Vector512<ulong> address)
    {
        Vector512<ulong> sum = ByteParities.Sum(ByteParities.Of(address & _deciding, ByteParities.ToLowestBit));
        return address ^ (Avx512F.ShiftLeftLogicalVariable(sum, _shift) & _changing);
    }
}
