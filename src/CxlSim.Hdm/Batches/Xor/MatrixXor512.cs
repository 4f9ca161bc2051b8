using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>XOR arithmetic on eight addresses at a time: parities as products of bit matrices.</summary>
/// <remarks>Byte j of all addresses is brought into lane j, multiplied with the matrix that says which of its bits count for which change,
/// and the lanes are added up: one byte for each address, with a bit for each change, where that bit stands in its own byte.</remarks>
internal readonly struct MatrixXor512 : IXor512<MatrixXor512>
{
    /// <summary>Byte j of address i to byte i of lane j.</summary>
    private static readonly Vector512<byte> Transposed = Order((lane, within) => (8 * within) + lane);

    /// <summary>The byte of address i of a vector to all of lane i.</summary>
    private static readonly Vector512<byte> Spread0 = Order((lane, _) => lane);
    private static readonly Vector512<byte> Spread1 = Order((lane, _) => 16 + lane);
    private static readonly Vector512<byte> Spread2 = Order((lane, _) => 32 + lane);
    private static readonly Vector512<byte> Spread3 = Order((lane, _) => 48 + lane);

    private static readonly Vector512<ulong> LowerHalves = Vector512.Create(0UL, 1, 2, 3, 8, 9, 10, 11);
    private static readonly Vector512<ulong> UpperHalves = Vector512.Create(4UL, 5, 6, 7, 12, 13, 14, 15);
    private static readonly Vector512<ulong> LowerQuarters = Vector512.Create(0UL, 1, 4, 5, 8, 9, 12, 13);
    private static readonly Vector512<ulong> UpperQuarters = Vector512.Create(2UL, 3, 6, 7, 10, 11, 14, 15);

    private readonly Vector512<byte> _matrices;
    private readonly Vector512<ulong> _changing;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private MatrixXor512(XorArithmetic xor)
    {
        Span<ulong> matrices = stackalloc ulong[8];
        matrices.Clear();
        ulong changing = 0;
        foreach ((ulong deciding, int bit) in xor.Changes)
        {
            changing |= 1UL << bit;
            for (int lane = 0; lane < matrices.Length; lane++)
            {
                // A row for each bit of the product, the lowest in the highest byte (GF2P8AFFINEQB).
                matrices[lane] |= (ulong)Bits.ByteAt(deciding, lane) << (8 * (7 - (bit % 8)));
            }
        }

        _matrices = Vector512.Create((ReadOnlySpan<ulong>)matrices).AsByte();
        _changing = Vector512.Create(changing);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MatrixXor512 Of(UniformRoute route) => new(route.Xor!);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref Vector512<ulong> a, ref Vector512<ulong> b, ref Vector512<ulong> c, ref Vector512<ulong> d)
    {
        // Halves of two vectors are added at once, then those of their sums; in the end lane 2n has the eight bytes of vector n.
        Vector512<ulong> sumOfTwo = AddHalves(Multiply(a), Multiply(b), LowerHalves, UpperHalves);
        Vector512<ulong> sumOfOthers = AddHalves(Multiply(c), Multiply(d), LowerHalves, UpperHalves);
        Vector512<ulong> sums = AddHalves(sumOfTwo, sumOfOthers, LowerQuarters, UpperQuarters);
        Vector512<byte> changes = (sums ^ Avx512BW.ShiftRightLogical128BitLane(sums.AsByte(), 8).AsUInt64()).AsByte();
        a ^= Avx512Vbmi.PermuteVar64x8(changes, Spread0).AsUInt64() & _changing;
        b ^= Avx512Vbmi.PermuteVar64x8(changes, Spread1).AsUInt64() & _changing;
        c ^= Avx512Vbmi.PermuteVar64x8(changes, Spread2).AsUInt64() & _changing;
        d ^= Avx512Vbmi.PermuteVar64x8(changes, Spread3).AsUInt64() & _changing;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> AddHalves(Vector512<ulong> one, Vector512<ulong> other, Vector512<ulong> lower, Vector512<ulong> upper) =>
        Avx512F.PermuteVar8x64x2(one, lower, other) ^ Avx512F.PermuteVar8x64x2(one, upper, other);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> Multiply(Vector512<ulong> addresses) =>
        Gfni.V512.GaloisFieldAffineTransform(Avx512Vbmi.PermuteVar64x8(addresses.AsByte(), Transposed), _matrices, 0).AsUInt64();

    /// <param name="source">Which byte comes to a byte of a lane.</param>
    private static Vector512<byte> Order(Func<int, int, int> source)
    {
        Span<byte> order = stackalloc byte[Vector512<byte>.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = (byte)source(i / 8, i % 8);
        }

        return Vector512.Create((ReadOnlySpan<byte>)order);
    }
}
