using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxlSim.Hdm;

/// <summary>The parity of each byte, and their sum over an address: its lowest bit is the address's parity.</summary>
internal static class ByteParities
{
    /// <summary>Matrix that leaves a byte's parity in its bit 0: the row of that bit is the highest byte (GF2P8AFFINEQB).</summary>
    public const ulong ToLowestBit = 0xff00_0000_0000_0000;

    /// <summary>Leaves it in bit 4, which eight parities in bit 0 do not reach when they are added up.</summary>
    public const ulong ToBitFour = 0x0000_0000_ff00_0000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<byte> Of(Vector512<ulong> value, ulong matrix) =>
        Gfni.V512.GaloisFieldAffineTransform(value.AsByte(), Vector512.Create(matrix).AsByte(), 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> Sum(Vector512<byte> parities) => Avx512BW.SumAbsoluteDifferences(parities, Vector512<byte>.Zero).AsUInt64();
}
