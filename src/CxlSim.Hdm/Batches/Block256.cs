using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CxlSim.Hdm;

/// <summary>Four addresses at a time, with what every machine of 256-bit vectors has.</summary>
internal readonly struct Block256 : IBlockTranslator
{
    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    public static int Lanes => Vector256<ulong>.Count;

    public static bool Transforms(XorKind kind) => kind == XorKind.None;

    public static int Run(UniformRoute route, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets, out uint outside)
    {
        Vector256<ulong> reach = Vector256.Create(route.Reach);
        Vector256<ulong> start = Vector256.Create(route.Start);
        Vector256<ulong> withinChunk = Vector256.Create((1UL << route.GranularityShift) - 1);
        Vector256<ulong> turnMask = Vector256.Create((1UL << route.TurnShift) - 1);
        bool hasManyBases = route.BasesKind == BasesKind.Many;
        Vector256<ulong> oneBase = Vector256.Create(hasManyBases ? 0 : route.Bases[0]);

        ref ulong address = ref MemoryMarshal.GetReference(addresses);
        ref ulong dpa = ref MemoryMarshal.GetReference(dpas);
        for (int i = 0; i <= addresses.Length - Lanes; i += Lanes)
        {
            Vector256<ulong> offset = Vector256.LoadUnsafe(ref address, (nuint)i) - start;
            outside = Vector256.GreaterThan(offset, reach).ExtractMostSignificantBits();
            Vector256<ulong> row = offset >>> (route.WaysShift + route.GranularityShift);
            Vector256<ulong> slot = (offset >>> route.SlotShift) & turnMask;
            if (route.ByThree)
            {
                Vector256<ulong> turns = row;
                row = ThirdOf(turns);
                slot |= (turns - row - row - row) << route.TurnShift;
            }

            Vector256<ulong> withinShare = (row << route.GranularityShift) | (offset & withinChunk);
            (withinShare + oneBase).StoreUnsafe(ref dpa, (nuint)i);
            for (int lane = 0; lane < Lanes; lane++)
            {
                int slotOfLane = (int)(slot.GetElement(lane) % UniformSlots.Count); // that of an address outside may be anything
                targets[i + lane] = route.Targets[slotOfLane];
                dpas[i + lane] = unchecked(dpas[i + lane] + (hasManyBases ? route.Bases[slotOfLane] : 0));
            }

            if (outside != 0)
            {
                return i + Lanes;
            }
        }

        outside = 0;
        return addresses.Length / Lanes * Lanes;
    }

    /// <summary>Exact below 2^44, in halves of 24 bits: 2^24 is one more than a multiple of three, and so is 2^33 divided by 0xaaaaaaab, nearly.</summary>
    private static Vector256<ulong> ThirdOf(Vector256<ulong> value)
    {
        Vector256<ulong> high = value >>> 24;
        Vector256<ulong> rest = (value & Vector256.Create(0xff_ffffUL)) + high;
        return Multiply(high, 0x55_5555) + (Multiply(rest, 0xaaaa_aaab) >>> 33);
    }

    private static Vector256<ulong> Multiply(Vector256<ulong> value, uint factor) => System.Runtime.Intrinsics.X86.Avx2.IsSupported
        ? System.Runtime.Intrinsics.X86.Avx2.Multiply(value.AsUInt32(), Vector256.Create(factor))
        : value * Vector256.Create((ulong)factor);
}
