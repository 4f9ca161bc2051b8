using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm;

/// <summary>Thirty-two addresses at a time, with AVX-512.</summary>
internal readonly struct Block512 : IBlockTranslator
{
    private const int Width = 8;

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512DQ.IsSupported && Avx512BW.IsSupported;

    public static int Lanes => 4 * Width;

    public static bool TransformsXor => Xor512.IsSupported;

    public static int Run(UniformRoute route, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets, out uint strangers)
    {
        Vector512<ulong> first = Vector512.Create(route.First);
        Vector512<ulong> reach = Vector512.Create(route.Reach);
        Vector512<ushort> targetOf = Vector512.Create(Vector256.Create(route.Targets), Vector256.Create(route.Targets));
        Arithmetic512 arithmetic = new(route);
        bool transforms = TransformsXor && route.XorIsPlain;
        Xor512 xor = transforms ? new Xor512(route.Xor!) : default;

        ref ulong address = ref MemoryMarshal.GetReference(addresses);
        ref ulong dpa = ref MemoryMarshal.GetReference(dpas);
        ref ushort target = ref MemoryMarshal.GetReference(targets);
        for (int i = 0; i <= addresses.Length - Lanes; i += Lanes)
        {
            Vector512<ulong> a = Vector512.LoadUnsafe(ref address, (nuint)i);
            Vector512<ulong> b = Vector512.LoadUnsafe(ref address, (nuint)i + Width);
            Vector512<ulong> c = Vector512.LoadUnsafe(ref address, (nuint)i + (2 * Width));
            Vector512<ulong> d = Vector512.LoadUnsafe(ref address, (nuint)i + (3 * Width));
            Vector512<ulong> farthest = Vector512.Max(Vector512.Max(a - first, b - first), Vector512.Max(c - first, d - first));
            bool hasStrangers = Vector512.GreaterThanAny(farthest, reach);
            strangers = hasStrangers ? StrangersOf(a - first, b - first, c - first, d - first, reach) : 0;
            if (transforms)
            {
                a = xor.Apply(a);
                b = xor.Apply(b);
                c = xor.Apply(c);
                d = xor.Apply(d);
            }

            a = arithmetic.Translate(a, out Vector512<ulong> slotA);
            b = arithmetic.Translate(b, out Vector512<ulong> slotB);
            c = arithmetic.Translate(c, out Vector512<ulong> slotC);
            d = arithmetic.Translate(d, out Vector512<ulong> slotD);
            a.StoreUnsafe(ref dpa, (nuint)i);
            b.StoreUnsafe(ref dpa, (nuint)i + Width);
            c.StoreUnsafe(ref dpa, (nuint)i + (2 * Width));
            d.StoreUnsafe(ref dpa, (nuint)i + (3 * Width));
            Avx512BW.PermuteVar32x16(targetOf, arithmetic.Slots(slotA, slotB, slotC, slotD)).StoreUnsafe(ref target, (nuint)i);
            if (hasStrangers)
            {
                return i + Lanes;
            }
        }

        strangers = 0;
        return addresses.Length / Lanes * Lanes;
    }

    private static uint StrangersOf(Vector512<ulong> a, Vector512<ulong> b, Vector512<ulong> c, Vector512<ulong> d, Vector512<ulong> reach) =>
        (uint)(Vector512.GreaterThan(a, reach).ExtractMostSignificantBits()
            | (Vector512.GreaterThan(b, reach).ExtractMostSignificantBits() << Width)
            | (Vector512.GreaterThan(c, reach).ExtractMostSignificantBits() << (2 * Width))
            | (Vector512.GreaterThan(d, reach).ExtractMostSignificantBits() << (3 * Width)));
}
