using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm;

/// <summary>Thirty-two addresses at a time, with AVX-512.</summary>
internal readonly struct Block512 : IBlockTranslator
{
    private const int Width = 8;

    /// <summary>Puts the targets of both halves of a block, which stand in turn, one after the other.</summary>
    private static readonly Vector512<ushort> InOrder = Vector512.Create(
        (ushort)0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported && Avx512BW.IsSupported;

    public static int Lanes => 4 * Width;

    public static bool Transforms(XorKind kind) => kind switch
    {
        XorKind.None => true,
        XorKind.Parities => Gfni.V512.IsSupported,
        XorKind.Matrix => Gfni.V512.IsSupported && Avx512Vbmi.IsSupported,
        _ => false,
    };

    public static int Run(UniformRoute route, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets, out uint outside) => route.ByThree
        ? Run<Taken>(route, addresses, dpas, targets, out outside)
        : Run<NotTaken>(route, addresses, dpas, targets, out outside);

    private static int Run<TByThree>(UniformRoute route, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets, out uint outside)
        where TByThree : struct, IChoice => route.BasesKind switch
        {
            BasesKind.Zero => Run<TByThree, ZeroBases>(route, addresses, dpas, targets, out outside),
            BasesKind.One => Run<TByThree, OneBases>(route, addresses, dpas, targets, out outside),
            _ => Run<TByThree, ManyBases>(route, addresses, dpas, targets, out outside),
        };

    private static int Run<TByThree, TBases>(UniformRoute route, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets, out uint outside)
        where TByThree : struct, IChoice
        where TBases : struct, IBases => (Transforms(route.XorKind) ? route.XorKind : XorKind.None) switch
        {
            XorKind.Parities => Run<TByThree, TBases, Parities512>(route, addresses, dpas, targets, out outside),
            XorKind.Matrix => Run<TByThree, TBases, MatrixXor512>(route, addresses, dpas, targets, out outside),
            _ => Run<TByThree, TBases, NoXor512>(route, addresses, dpas, targets, out outside), // or they come transformed
        };

    private static int Run<TByThree, TBases, TXor>(UniformRoute route, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets, out uint outside)
        where TByThree : struct, IChoice
        where TBases : struct, IBases
        where TXor : struct, IXor512<TXor>
    {
        Vector512<ulong> start = Vector512.Create(route.Start);
        Vector512<ulong> beyond = Vector512.Create(~route.ReachMask);
        Vector512<ulong> reach = Vector512.Create(route.Reach);
        Vector512<ushort> targetOf = Vector512.Create(Vector256.Create(route.Targets), Vector256.Create(route.Targets));
        Arithmetic512<TByThree, TBases> arithmetic = new(route);
        TXor xor = TXor.Of(route);

        ref ulong address = ref MemoryMarshal.GetReference(addresses);
        ref ulong dpa = ref MemoryMarshal.GetReference(dpas);
        ref ushort target = ref MemoryMarshal.GetReference(targets);
        int end = addresses.Length / Lanes * Lanes;
        for (int i = 0; i < end; i = unchecked(i + Lanes))
        {
            nuint at = (uint)i;
            Vector512<ulong> a = Vector512.LoadUnsafe(ref address, at);
            Vector512<ulong> b = Vector512.LoadUnsafe(ref address, unchecked(at + Width));
            Vector512<ulong> c = Vector512.LoadUnsafe(ref address, unchecked(at + (2 * Width)));
            Vector512<ulong> d = Vector512.LoadUnsafe(ref address, unchecked(at + (3 * Width)));
            xor.Apply(ref a, ref b, ref c, ref d);
            a -= start;
            b -= start;
            c -= start;
            d -= start;

            uint found = MayBeOutside<TByThree>(a, b, c, d, beyond, reach) ? OutsideOf(a, b, c, d, reach) : 0;
            arithmetic.DpasOf(a, out Vector512<ulong> thirdA).StoreUnsafe(ref dpa, at);
            arithmetic.DpasOf(b, out Vector512<ulong> thirdB).StoreUnsafe(ref dpa, unchecked(at + Width));
            arithmetic.DpasOf(c, out Vector512<ulong> thirdC).StoreUnsafe(ref dpa, unchecked(at + (2 * Width)));
            arithmetic.DpasOf(d, out Vector512<ulong> thirdD).StoreUnsafe(ref dpa, unchecked(at + (3 * Width)));
            Vector512<ushort> slots = arithmetic.SlotsOf(a, b, c, d, thirdA, thirdB, thirdC, thirdD);
            Avx512BW.PermuteVar32x16(Avx512BW.PermuteVar32x16(targetOf, slots), InOrder).StoreUnsafe(ref target, at);
            if (found != 0)
            {
                outside = found;
                return i + Lanes;
            }
        }

        outside = 0;
        return end;
    }

    /// <summary>A quick look that may take an address for outside that is not, but never the other way round. It is quickest by bits; where the reach is no power of two, as with three ways, that would take too many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool MayBeOutside<TByThree>(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d, Vector512<ulong> beyond, Vector512<ulong> reach)
        where TByThree : struct, IChoice => TByThree.IsTaken
        ? Vector512.GreaterThanAny(Vector512.Max(Vector512.Max(a, b), Vector512.Max(c, d)), reach)
        : ((a | b | c | d) & beyond) != Vector512<ulong>.Zero;

    private static uint OutsideOf(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d, Vector512<ulong> reach) =>
        (uint)(Vector512.GreaterThan(a, reach).ExtractMostSignificantBits()
            | (Vector512.GreaterThan(b, reach).ExtractMostSignificantBits() << Width)
            | (Vector512.GreaterThan(c, reach).ExtractMostSignificantBits() << (2 * Width))
            | (Vector512.GreaterThan(d, reach).ExtractMostSignificantBits() << (3 * Width)));
}
