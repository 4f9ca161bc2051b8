using System.Numerics;

namespace CxlSim.Hdm;

/// <summary>Translates many addresses: block by block where a segment allows it, one by one where it does not.</summary>
internal static class Batch
{
    private const int XorBuffer = 256;

    public static BatchWidth Widest { get; } =
        Block512.IsSupported ? BatchWidth.Vector512 : Block256.IsSupported ? BatchWidth.Vector256 : BatchWidth.One;

    public static void Translate(RouteTable table, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets, BatchWidth width)
    {
        switch (width)
        {
            case BatchWidth.Vector512:
                Translate<Block512>(table, addresses, dpas, targets);
                break;
            case BatchWidth.Vector256:
                Translate<Block256>(table, addresses, dpas, targets);
                break;
            default:
                TranslateOnes(table, addresses, dpas, targets);
                break;
        }
    }

    private static void Translate<T>(RouteTable table, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets)
        where T : struct, IBlockTranslator
    {
        while (addresses.Length >= T.Lanes)
        {
            int done;
            if (table.Find(addresses[0])?.Uniform is { } route)
            {
                done = Run<T>(route, addresses, dpas, targets, out uint outside);
                for (; outside != 0; outside &= outside - 1)
                {
                    int one = done - T.Lanes + BitOperations.TrailingZeroCount(outside);
                    targets[one] = table.Translate(addresses[one], out dpas[one]);
                }
            }
            else
            {
                done = T.Lanes;
                TranslateOnes(table, addresses[..done], dpas, targets);
            }

            addresses = addresses[done..];
            dpas = dpas[done..];
            targets = targets[done..];
        }

        TranslateOnes(table, addresses, dpas, targets);
    }

    private static int Run<T>(UniformRoute route, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets, out uint outside)
        where T : struct, IBlockTranslator
    {
        if (route.Xor is not { } xor || T.Transforms(route.XorKind))
        {
            return T.Run(route, addresses, dpas, targets, out outside);
        }

        Span<ulong> transformed = stackalloc ulong[Math.Min(addresses.Length, XorBuffer)];
        for (int i = 0; i < transformed.Length; i++)
        {
            transformed[i] = xor.Apply(addresses[i]);
        }

        return T.Run(route, transformed, dpas, targets, out outside);
    }

    private static void TranslateOnes(RouteTable table, ReadOnlySpan<ulong> addresses, Span<ulong> dpas, Span<ushort> targets)
    {
        for (int i = 0; i < addresses.Length; i++)
        {
            targets[i] = table.Translate(addresses[i], out dpas[i]);
        }
    }
}
