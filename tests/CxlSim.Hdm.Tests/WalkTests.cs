using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>Whole walks from window to device and back, against values worked out by hand (group S of the sheet on address translation).</summary>
public class WalkTests
{
    public static TheoryData<string, string, ulong, int[], int, string, ulong> Rows => new()
    {
        { "S1", "E1", 0xc050000000, [0, 0], 0, "mem0", 0x0 },
        { "S2", "E1", 0xe04fffffff, [0, 0], 0, "mem0", 0x1fffffffff },
        { "S3", "E2", 0xc050000000, [0, 0], 0, "mem0", 0x0 },
        { "S4", "E2", 0xc050000100, [1, 0], 1, "mem1", 0x0 },
        { "S5", "E2", 0xc0500002ff, [0, 0], 0, "mem0", 0x1ff },
        { "S6", "E2", 0x1004fffffff, [1, 0], 1, "mem1", 0x1fffffffff },
        { "S7", "E3", 0xc050000100, [0, 1], 1, "mem1", 0x0 },
        { "S8", "E3", 0xc062345678, [0, 0], 0, "mem0", 0x91a2b78 },
        { "S9", "E4", 0xc050000000, [0, 0], 0, "mem0", 0x0 },
        { "S10", "E4", 0xc050000100, [1, 0], 1, "mem2", 0x0 },
        { "S11", "E4", 0xc050000200, [0, 1], 2, "mem1", 0x0 },
        { "S12", "E4", 0xc050000300, [1, 1], 3, "mem3", 0x0 },
        { "S13", "E4", 0xc050000400, [0, 0], 0, "mem0", 0x100 },
        { "S14", "E4", 0xc0500abcde, [0, 0], 0, "mem0", 0x2afde },
        { "S15", "E4", 0x1404fffffff, [1, 1], 3, "mem3", 0x1fffffffff },
        { "S16", "AUTO", 0x3f0000000000, [0, 0, 0], 0, "mem0", 0x0 },
        { "S17", "AUTO", 0x3f0000001000, [0, 0, 1], 1, "mem4", 0x0 },
        { "S18", "AUTO", 0x3f001fffffff, [0, 0, 1], 1, "mem4", 0xfffffff },
        { "S19", "X8", 0x3f0000000000, [0, 0, 0], 0, "p0", 0x40000000 },
        { "S20", "X8", 0x3f0000001000, [1, 0, 0], 1, "p1", 0x40000000 },
        { "S21", "X8", 0x3f0000002000, [0, 1, 0], 2, "p2", 0x40000000 },
        { "S22", "X8", 0x3f0000003fff, [1, 1, 0], 3, "p3", 0x40000fff },
        { "S23", "X8", 0x3f0000004000, [0, 0, 1], 4, "p4", 0x40000000 },
        { "S24", "X8", 0x3f0000007fff, [1, 1, 1], 7, "p7", 0x40000fff },
        { "S25", "X8", 0x3f0000008000, [0, 0, 0], 0, "p0", 0x40001000 },
        { "S26", "X8", 0x3f007fffffff, [1, 1, 1], 7, "p7", 0x4fffffff },
        { "S27", "T3", 0x3000000000, [0, 0], 0, "A", 0x0 },
        { "S28", "T3", 0x3000000200, [1, 0], 1, "B", 0x0 },
        { "S29", "T3", 0x3000000400, [2, 0], 2, "C", 0x0 },
        { "S30", "T3", 0x3000000600, [0, 0], 0, "A", 0x200 },
        { "S31", "T3", 0x30000007ff, [0, 0], 0, "A", 0x3ff },
        { "S32", "T3", 0x30bfffffff, [2, 0], 2, "C", 0x3fffffff },
        { "S33", "XO2", 0x1000000000, [0, 0], 0, "HB0", 0x0 },
        { "S34", "XO2", 0x1000000100, [1, 0], 1, "HB1", 0x0 },
        { "S35", "XO2", 0x1000004000, [1, 0], 1, "HB1", 0x2000 },
        { "S36", "XO2", 0x1000004100, [0, 0], 0, "HB0", 0x2000 },
        { "S37", "XO2", 0x1000400000, [1, 0], 1, "HB1", 0x200000 },
        { "S38", "XO2", 0x1000404100, [1, 0], 1, "HB1", 0x202000 },
        { "S39", "XO2", 0x1012345678, [1, 0], 1, "HB1", 0x91a2b78 },
        { "S40", "XO4", 0x1000000100, [1, 0], 1, "HB1", 0x0 },
        { "S41", "XO4", 0x1000000300, [3, 0], 3, "HB3", 0x0 },
        { "S42", "XO4", 0x100000c000, [3, 0], 3, "HB3", 0x3000 },
        { "S43", "XO4", 0x1000c0c300, [3, 0], 3, "HB3", 0x303000 },
        { "S44", "XO4", 0x1007654321, [3, 0], 3, "HB3", 0x1d95021 },
        { "S45", "XO2x2", 0x1000004300, [0, 1], 2, "p2", 0x1000 },
        { "S46", "XO2x2", 0x1000004400, [1, 0], 1, "p1", 0x1100 },
        { "S47", "XT8", 0x2000000100, [1, 0], 1, "HB1", 0x0 },
        { "S48", "XT8", 0x2000000200, [2, 0], 2, "HB2", 0x0 },
        { "S49", "XT8", 0x2000000400, [4, 0], 4, "HB4", 0x0 },
        { "S50", "XT8", 0x2000020000, [1, 0], 1, "HB1", 0x4000 },
        { "S51", "XT8", 0x2007ffffff, [4, 0], 4, "HB4", 0xffffff },
        { "S52", "XT8", 0x2012345600, [7, 0], 7, "HB7", 0x2468a00 },

        // A bridge with one port and no decoder of its own leads to the same.
        { "S1", "E1 passthrough", 0xc050000000, [0, 0], 0, "mem0", 0x0 },
        { "S2", "E1 passthrough", 0xe04fffffff, [0, 0], 0, "mem0", 0x1fffffffff },
        { "S3", "E2 passthrough", 0xc050000000, [0, 0], 0, "mem0", 0x0 },
        { "S4", "E2 passthrough", 0xc050000100, [1, 0], 1, "mem1", 0x0 },
        { "S5", "E2 passthrough", 0xc0500002ff, [0, 0], 0, "mem0", 0x1ff },
        { "S6", "E2 passthrough", 0x1004fffffff, [1, 0], 1, "mem1", 0x1fffffffff },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Address_ReachesDeviceAndDpa_AndComesBack(string row, string setUp, ulong address, int[] path, int position, string member, ulong dpa)
    {
        Geometry geometry = SetUps.Named[setUp];
        EveryTranslator translator = geometry.Translator;
        Hpa issued = new(address);

        Translation found = translator.Translate(issued);
        found.Outcome.Should().Be(DecodeOutcome.Hit, "of {0}", row);
        found.Address.Should().Be(new Dpa(dpa), "of {0}", row);
        found.Device.Should().Be(geometry.DeviceAt(path), "of {0}", row);

        IReadOnlyList<RouteStep> story = translator.Table.Explain(issued);
        RouteStep end = story[^1];
        end.Node!.Name.Should().Be(member, "of {0}", row);
        end.Decoder!.Value.PositionOf(end.Address).Should().Be(position, "of {0}", row);
        story.SkipLast(1).Where(step => step.Position is not null).Select(step => step.Position).Should().Equal(
            setUp.EndsWith("passthrough", StringComparison.Ordinal) ? [path[0]] : path.Cast<int?>(), "of {0}", row);

        translator.Reverse(found.Device, found.Address).Should().Be(issued, "of {0}", row);
    }
}
