using System.Globalization;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>Windows by chance, most of them legal, one above the other.</summary>
/// <param name="random">Chance.</param>
/// <param name="bridges">Host bridges, whose UIDs begin with 1.</param>
/// <param name="unit">What most devices have, in MiB.</param>
internal sealed class FuzzWindows(SimRandom random, int bridges, int unit)
{
    private static readonly int[] Ways = [1, 2, 3, 4, 8];

    /// <summary>Windows of one granularity share their maps: different ones would be a lie.</summary>
    private bool _hasXor;

    /// <param name="allowsLies">Whether windows may be what no kernel takes.</param>
    public IEnumerable<FuzzNode> Make(bool allowsLies)
    {
        ulong next = 0x40_0000_0000;
        int count = random.Pick(1, 1, 2, 3);
        for (int i = 0; i < count; i++)
        {
            int ways = random.Pick([.. Ways.Where(ways => ways <= bridges)]);
            List<int> targets = [.. random.Shuffled(Enumerable.Range(1, bridges)).Take(ways)];
            ulong size = (ulong)ways * (ulong)unit * (ulong)random.Pick(1, 2, 4, 8);
            size += allowsLies && random.Once(8) ? 256UL : 0;
            next += random.Once(4) ? 0x1000_0000UL * (ulong)random.Between(1, 5) : 0;
            yield return Window(next, size, targets, allowsLies && random.Once(5));
            next += (size + 0x400) << 20;
        }
    }

    private static string Hex(ulong value) => "0x" + value.ToString("x", CultureInfo.InvariantCulture);

    private FuzzNode Window(ulong start, ulong size, List<int> targets, bool isWrong)
    {
        int code = random.Between(0, random.Once(3) ? 6 : 3);
        bool isXor = targets.Count > 1 && !_hasXor && random.Once(3);
        _hasXor |= isXor;
        FuzzNode window = FuzzNode.Map(
            ("base", Hex(start)),
            ("size", FuzzNode.Number((long)size) + "MiB"),
            ("targets", FuzzNode.List(targets.Select(target => (FuzzNode)FuzzNode.Number(target)))),
            ("granularity", FuzzNode.Number(256 << code) + "B"),
            ("restrictions", random.Once(4) ? FuzzNode.Number(random.Pick(2, 6, 10, 22)) : "14"),
            ("arithmetic", isXor ? "xor" : null),
            ("xor_maps", isXor ? FuzzNode.List(Maps(targets.Count, code).Select(map => (FuzzNode)Hex(map))) : null),
            ("efi", random.Once(3) ? random.Pick("soft_reserved", "conventional") : null));
        return isWrong ? Wrong(window, start, size) : window;
    }

    /// <summary>A map for each doubling; its lowest bit is the one that it sets, the others lie above all of these.</summary>
    private IEnumerable<ulong> Maps(int ways, int code)
    {
        for (int bit = 0; 1 << bit < ways; bit++)
        {
            ulong map = 1UL << (8 + code + bit);
            for (int others = random.Between(1, 3); others > 0; others--)
            {
                map |= 1UL << random.Between(18, 32);
            }

            yield return map;
        }
    }

    private FuzzNode Wrong(FuzzNode window, ulong start, ulong size) => random.Between(0, 6) switch
    {
        0 => window.With("encoded_ways", FuzzNode.Number(random.Pick(5, 7, 11, 255))),
        1 => window.With("encoded_granularity", FuzzNode.Number(random.Pick(7, 255))),
        2 => window.With("encoded_arithmetic", FuzzNode.Number(random.Pick(2, 9))),
        3 => window.With("base", Hex(start + 0x10_0000)),
        4 => window.With("size", FuzzNode.Number((long)size - 1) + "MiB"),
        5 => window.With("targets", FuzzNode.List(["77"])),
        _ => window.With("encoded_ways", "4"),
    };
}
