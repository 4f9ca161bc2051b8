using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm;

/// <summary>XOR arithmetic on eight addresses at a time: parities as products of bit matrices.</summary>
/// <remarks>Byte j of all addresses is brought into lane j, multiplied with the matrix that says which of its bits count for which change,
/// and the lanes are added up: one byte for each address, a bit for each change.</remarks>
internal readonly struct Xor512
{
    private const int MostChanges = 8;

    private static readonly Vector512<byte> Transposed = Transposition();

    private readonly Vector512<byte> _matrices;
    private readonly Vector512<ulong> _firstBit;

    public Xor512(XorArithmetic xor)
    {
        Span<ulong> matrices = stackalloc ulong[8];
        matrices.Clear();
        for (int change = 0; change < xor.Changes.Length; change++)
        {
            for (int lane = 0; lane < matrices.Length; lane++)
            {
                // A row for each bit of the product, the lowest in the highest byte (GF2P8AFFINEQB).
                matrices[lane] |= (ulong)Core.Bits.ByteAt(xor.Changes[change].Deciding, lane) << (8 * (7 - change));
            }
        }

        _matrices = Vector512.Create((ReadOnlySpan<ulong>)matrices).AsByte();
        _firstBit = Vector512.Create((ulong)xor.Changes[0].Bit);
    }

    public static bool IsSupported => Avx512Vbmi.IsSupported && Gfni.V512.IsSupported;

    /// <summary>Whether all changes are neighbours, as those of a window's maps are.</summary>
    public static bool CanDo(XorArithmetic xor) =>
        xor.Changes.Length is > 0 and <= MostChanges && xor.Changes[^1].Bit - xor.Changes[0].Bit == xor.Changes.Length - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ulong> Apply(Vector512<ulong> addresses)
    {
        Vector512<byte> lanes = Gfni.V512.GaloisFieldAffineTransform(Avx512Vbmi.PermuteVar64x8(addresses.AsByte(), Transposed), _matrices, 0);
        Vector256<byte> halves = lanes.GetLower() ^ lanes.GetUpper();
        Vector128<byte> quarters = halves.GetLower() ^ halves.GetUpper();
        Vector128<byte> changes = quarters ^ Sse2.ShiftRightLogical128BitLane(quarters, 8);
        return addresses ^ Avx512F.ShiftLeftLogicalVariable(Avx512F.ConvertToVector512UInt64(changes), _firstBit);
    }

    private static Vector512<byte> Transposition()
    {
        Span<byte> order = stackalloc byte[64];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = (byte)((i % 8 * 8) + (i / 8));
        }

        return Vector512.Create((ReadOnlySpan<byte>)order);
    }
}
