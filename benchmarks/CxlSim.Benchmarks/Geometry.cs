using CxlSim.Core;
using CxlSim.Hdm;

namespace CxlSim.Benchmarks;

/// <summary>A tree of decoders over equal devices of 1 GiB, compiled; its name says what it is.</summary>
/// <param name="Name">For the table.</param>
/// <param name="RootWays">Targets of the window.</param>
/// <param name="PortWays">Targets at the levels below.</param>
/// <param name="XorMaps">For XOR arithmetic.</param>
/// <param name="Skips">Bytes of DPA that each device leaves out, times its number.</param>
public sealed record Geometry(string Name, int RootWays, int[] PortWays, ulong[]? XorMaps = null, ulong Skips = 0)
{
    public const ulong Start = 0x30_0000_0000;
    private const int Granularity = 256;
    private const ulong Capacity = 1UL << 30;
    private static readonly ulong[] Maps = [0x202_0900, 0x404_1200, 0x101_0400, 0x800];

    public static IReadOnlyList<Geometry> All { get; } =
    [
        new("1 way", 1, []),
        new("2 ways", 2, [1]),
        new("4 ways", 2, [2]),
        new("8 ways", 2, [4]),
        new("16 ways", 4, [4]),
        new("3 ways", 3, [1]),
        new("6 ways", 3, [2]),
        new("12 ways", 3, [4]),
        new("XOR 2 ways", 2, [], Maps[..1]),
        new("XOR 4 ways", 4, [], Maps[..2]),
        new("XOR 8 ways", 8, [], Maps[..3]),
        new("XOR 16 ways", 16, [], Maps),
        new("XOR 6 ways", 6, [], Maps[..1]),
        new("XOR 12 ways", 12, [], Maps[..2]),
        new("8 ways, one level", 8, []),
        new("8 ways, four levels", 2, [2, 2, 1]),
        new("8 ways, eight DPAs", 2, [4], null, 1UL << 28),
    ];

    public ulong Size => Capacity * (ulong)Ways;

    private int Ways => PortWays.Aggregate(RootWays, (product, ways) => product * ways);

    public static Geometry Of(string name) => All.Single(geometry => geometry.Name == name);

    public RouteTable Compile()
    {
        AddressRange range = AddressRange.Of(new Hpa(Start), new ByteSize(Size));
        DecodeNode[] targets = [.. Enumerable.Range(0, RootWays).Select(i => NodeAt(range, 0, i, Granularity * (RootWays % 3 == 0 ? RootWays / 3 : RootWays)))];
        return RouteTable.Compile([new DecodeWindow(range, Granularity, targets, XorMaps)]);
    }

    /// <summary>Addresses of the window, each as likely as any other.</summary>
    public Hpa[] RandomAddresses(int count)
    {
        Random random = new(42);
        return [.. Enumerable.Range(0, count).Select(_ => new Hpa(Start + (ulong)random.NextInt64((long)Size)))];
    }

    public override string ToString() => Name;

    private DecodeNode NodeAt(AddressRange range, int level, int number, int granularity)
    {
        if (level == PortWays.Length)
        {
            return new EndpointNode(number, [new HdmDecoder(range, Ways, Granularity, Skips * (ulong)number)]);
        }

        int ways = PortWays[level];
        Dictionary<byte, DecodeNode> ports = [];
        ulong targets = 0;
        for (int i = 0; i < ways; i++)
        {
            ports[(byte)i] = NodeAt(range, level + 1, (number * ways) + i, granularity * ways);
            targets |= (ulong)i << (8 * i);
        }

        return new PortNode([new HdmDecoder(range, ways, granularity, targets)], ports);
    }
}
