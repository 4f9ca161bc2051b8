using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CxlSim.Core;

namespace CxlSim.Hdm;

/// <summary>XOR arithmetic as three products of bit matrices, eight by eight (GF2P8AFFINEQB), whatever the number of bits that change.</summary>
/// <remarks>An address is a matrix whose rows are its bytes.
/// First product: for each of eight byte masks and each byte, the parity of the byte under the mask; <see cref="Wanted"/> keeps the bytes that a mask is meant for.
/// Second product: for each mask, the parity of what was kept.
/// Third product: for each bit that may change, the parity over its masks. The answer comes out in every byte; <see cref="Changing"/> picks each bit from its own.</remarks>
/// <param name="Masks">A mask in each byte.</param>
/// <param name="Wanted">For each mask, the bytes of an address whose answers count: the lowest has the highest bit.</param>
/// <param name="Sums">For each place in a byte, the masks that decide the bit there.</param>
/// <param name="Changing">The bits that may change.</param>
internal sealed record ParityMatrices(ulong Masks, ulong Wanted, ulong Sums, ulong Changing)
{
    private const int Size = 8;

    private readonly Vector128<byte> _masks = Vector128.Create(Masks).AsByte();
    private readonly Vector128<byte> _wanted = Vector128.Create(Wanted).AsByte();
    private readonly Vector128<byte> _all = Vector128<byte>.AllBitsSet;
    private readonly Vector128<byte> _sums = Vector128.Create(Sums).AsByte();

    /// <summary>All bits, kept as a value: as a constant it is made in a register whenever it is needed, and waits there for the register's last use.</summary>
    public ulong All { get; } = ulong.MaxValue;

    /// <summary>Null where bits that change have the same place in their bytes, or need more masks than there are.</summary>
    public static ParityMatrices? Of(ReadOnlySpan<(ulong Deciding, int Bit)> changes)
    {
        List<(byte Mask, int Bit)> masks = [];
        ulong wanted = 0;
        ulong sums = 0;
        ulong changing = 0;
        foreach ((ulong deciding, int bit) in changes)
        {
            int row = Size - 1 - (bit % Size);
            if (Bits.ByteAt(sums, row) != 0)
            {
                return null;
            }

            changing |= 1UL << bit;
            for (int i = 0; i < Size; i++)
            {
                byte mask = Bits.ByteAt(deciding, i);
                if (mask == 0)
                {
                    continue;
                }

                int at = masks.IndexOf((mask, bit));
                if (at < 0)
                {
                    at = masks.Count;
                    masks.Add((mask, bit));
                }

                if (at == Size)
                {
                    return null;
                }

                wanted |= 1UL << ((Size * at) + Size - 1 - i);
                sums |= 1UL << ((Size * row) + Size - 1 - at);
            }
        }

        ulong all = masks.Select((mask, at) => (ulong)mask.Mask << (Size * at)).Aggregate(0UL, (sum, mask) => sum | mask);
        return changing == 0 ? null : new ParityMatrices(all, wanted, sums, changing);
    }

    /// <summary>Which bits differ, each at its place in every byte. Only where the processor has such products (<see cref="Gfni"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ChangesOf(ulong address)
    {
        Vector128<byte> counting = Gfni.GaloisFieldAffineTransform(_masks, Vector128.CreateScalarUnsafe(address).AsByte(), 0) & _wanted;
        return Gfni.GaloisFieldAffineTransform(Gfni.GaloisFieldAffineTransform(_all, counting, 0), _sums, 0).AsUInt64().ToScalar();
    }
}
