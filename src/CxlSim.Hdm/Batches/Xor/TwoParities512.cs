using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm;

/// <summary>XOR arithmetic that changes two bits: both parities of an address's bytes, added up side by side.</summary>
internal readonly struct TwoParities512 : IXor512<TwoParities512>
{
    private const int SecondBit = 4;

    private readonly Vector512<ulong> _deciding;
    private readonly Vector512<ulong> _shift;
    private readonly Vector512<ulong> _changing;
    private readonly Vector512<ulong> _secondDeciding;
    private readonly Vector512<ulong> _secondShift;
    private readonly Vector512<ulong> _secondChanging;

    private TwoParities512((ulong Deciding, int Bit) first, (ulong Deciding, int Bit) second)
    {
        _deciding = Vector512.Create(first.Deciding);
        _shift = Vector512.Create((ulong)first.Bit);
        _changing = Vector512.Create(1UL << first.Bit);
        _secondDeciding = Vector512.Create(second.Deciding);
        _secondShift = Vector512.Create((ulong)(second.Bit - SecondBit));
        _secondChanging = Vector512.Create(1UL << second.Bit);
    }

    /// <summary>Whether the second bit lies where its parity can be shifted to.</summary>
    public static bool CanDo(XorArithmetic xor) => xor.Changes.Length == 2 && xor.Changes[1].Bit >= SecondBit;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TwoParities512 Of(UniformRoute route) => new(route.Xor!.Changes[0], route.Xor.Changes[1]);

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
        Vector512<ulong> sum = ByteParities.Sum(
            ByteParities.Of(address & _deciding, ByteParities.ToLowestBit) | ByteParities.Of(address & _secondDeciding, ByteParities.ToBitFour));
        return address
            ^ (Avx512F.ShiftLeftLogicalVariable(sum, _shift) & _changing)
            ^ (Avx512F.ShiftLeftLogicalVariable(sum, _secondShift) & _secondChanging);
    }
}
