using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm;

/// <summary><see cref="ParityMatrices"/> for eight addresses at a time.</summary>
internal readonly struct Parities512 : IXor512<Parities512>
{
    private readonly Vector512<byte> _masks;
    private readonly Vector512<byte> _wanted;
    private readonly Vector512<byte> _all;
    private readonly Vector512<byte> _sums;
    private readonly Vector512<ulong> _changing;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Parities512(ParityMatrices matrices)
    {
        _masks = Vector512.Create(matrices.Masks).AsByte();
        _wanted = Vector512.Create(matrices.Wanted).AsByte();
        _all = Vector512.Create(matrices.All).AsByte();
        _sums = Vector512.Create(matrices.Sums).AsByte();
        _changing = Vector512.Create(matrices.Changing);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Parities512 Of(UniformRoute route) => new(route.Xor!.Matrices!);

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
        Vector512<byte> counting = Gfni.V512.GaloisFieldAffineTransform(_masks, address.AsByte(), 0) & _wanted;
        Vector512<byte> parities = Gfni.V512.GaloisFieldAffineTransform(_all, counting, 0);
        Vector512<byte> changes = Gfni.V512.GaloisFieldAffineTransform(parities, _sums, 0);
        return address ^ (changes.AsUInt64() & _changing);
    }
}
