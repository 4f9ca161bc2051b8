using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>The set-ups that the sheet on address translation works out, by its names (sections 4.6, 4.7 and 5.9).</summary>
internal static class SetUps
{
    private static readonly ByteSize Large = ByteSize.GiB(128);
    private static readonly ByteSize Small = ByteSize.MiB(256);
    private static readonly Hpa Documented = new(0xc050000000);
    private static readonly Hpa Mocked = new(0x3f0000000000);
    private static readonly Hpa Exclusive = new(0x1000000000);
    private static readonly ulong[] TwoMaps = [0x404100, 0x808200];
    private static readonly ulong[] FourMaps = [0x2020900, 0x4041200, 0x1010400, 0x800];

    public static Dictionary<string, Geometry> Named { get; } = new()
    {
        ["E1"] = new(Documented, Large, (1, 256), [(1, 256)]) { Members = ["mem0"] },
        ["E1 passthrough"] = new(Documented, Large, (1, 256), [(1, 0)]) { Members = ["mem0"] },
        ["E2"] = new(Documented, Large, (2, 256), [(1, 512)]) { Members = ["mem0", "mem1"] },
        ["E2 passthrough"] = new(Documented, Large, (2, 256), [(1, 0)]) { Members = ["mem0", "mem1"] },
        ["E3"] = new(Documented, Large, (1, 256), [(2, 256)]) { Members = ["mem0", "mem1"] },
        ["E4"] = new(Documented, Large, (2, 256), [(2, 512)]) { Members = ["mem0", "mem2", "mem1", "mem3"] },
        ["AUTO"] = new(Mocked, Small, (1, 4096), [(1, 4096), (2, 4096)]) { Members = ["mem0", "mem4"] },
        ["X8"] = new(Mocked, Small, (2, 4096), [(2, 8192), (2, 16384)], Skip: 0x40000000) { Members = ["p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7"] },
        ["T3"] = new(new Hpa(0x3000000000), ByteSize.GiB(1), (3, 512), [(1, 512)]) { Members = ["A", "B", "C"] },
        ["XO2"] = new(Exclusive, Small, (2, 256), [(1, 512)]) { XorMaps = TwoMaps, Members = ["HB0", "HB1"] },
        ["XO4"] = new(Exclusive, Small, (4, 256), [(1, 1024)]) { XorMaps = TwoMaps, Members = ["HB0", "HB1", "HB2", "HB3"] },
        ["XO2x2"] = new(Exclusive, Small, (2, 256), [(2, 512)]) { XorMaps = TwoMaps, Members = ["p0", "p1", "p2", "p3"] },
        ["XT8"] = new(new Hpa(0x2000000000), Small, (8, 256), [(1, 2048)])
        {
            XorMaps = FourMaps,
            Members = ["HB0", "HB1", "HB2", "HB3", "HB4", "HB5", "HB6", "HB7"],
        },
        ["P"] = new(new Hpa(0x3000000000), ByteSize.GiB(1), (3, 256), [(2, 256)]),

        // Section 4.7, and the larger example of 4.6.
        ["x4 through two switches"] = new(Mocked, Small, (1, 256), [(2, 256), (2, 512)]),
        ["x2 behind one switch"] = new(Mocked, Small, (1, 4096), [(1, 4096), (2, 4096)]),
        ["root x12"] = new(new Hpa(0x3000000000), Small, (12, 256), [(1, 1024)]),
        ["16 endpoints over 4 bridges"] = new(Mocked, Small, (4, 256), [(4, 1024)]),
    };

    /// <summary>A window of as many bridges, each with a device, that does XOR arithmetic with the maps of group X.</summary>
    public static Geometry WithFourMaps(int ways) => new(new Hpa(0x3000000000), ByteSize.GiB(1), (ways, 256), [(1, 0)]) { XorMaps = FourMaps };
}
