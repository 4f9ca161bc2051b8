using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>Whole walks from window to device, against values worked out by hand (groups S and P of the sheet on address translation).</summary>
public class TranslatorTests
{
    private static readonly ByteSize Device = ByteSize.GiB(128);

    private static readonly Dictionary<string, Geometry> Shapes = new()
    {
        ["single-device"] = new(new Hpa(0xc050000000), Device, (1, 256), [(1, 256)]),
        ["single-device passthrough"] = new(new Hpa(0xc050000000), Device, (1, 256), [(1, 0)]),
        ["hb-interleave"] = new(new Hpa(0xc050000000), Device, (2, 256), [(1, 512)]),
        ["hb-interleave passthrough"] = new(new Hpa(0xc050000000), Device, (2, 256), [(1, 0)]),
        ["intra-hb-interleave"] = new(new Hpa(0xc050000000), Device, (1, 256), [(2, 256)]),
        ["multi-interleave"] = new(new Hpa(0xc050000000), Device, (2, 256), [(2, 512)]),
        ["switch x2"] = new(new Hpa(0x3f0000000000), ByteSize.MiB(256), (1, 4096), [(1, 4096), (2, 4096)]),
        ["x8 persistent"] = new(new Hpa(0x3f0000000000), ByteSize.MiB(256), (2, 4096), [(2, 8192), (2, 16384)], Skip: 0x40000000),
        ["root x3"] = new(new Hpa(0x3000000000), ByteSize.GiB(1), (3, 512), [(1, 512)]),
        ["root x3, bridges x2"] = new(new Hpa(0x3000000000), ByteSize.GiB(1), (3, 256), [(2, 256)]),
    };

    public static TheoryData<string, ulong, int[], ulong> Walks => new()
    {
        { "single-device", 0xc050000000, [0, 0], 0x0 },
        { "single-device", 0xe04fffffff, [0, 0], 0x1fffffffff },
        { "single-device passthrough", 0xe04fffffff, [0, 0], 0x1fffffffff },
        { "hb-interleave", 0xc050000000, [0, 0], 0x0 },
        { "hb-interleave", 0xc050000100, [1, 0], 0x0 },
        { "hb-interleave passthrough", 0xc050000100, [1, 0], 0x0 },
        { "hb-interleave", 0xc0500002ff, [0, 0], 0x1ff },
        { "hb-interleave", 0x1004fffffff, [1, 0], 0x1fffffffff },
        { "hb-interleave passthrough", 0x1004fffffff, [1, 0], 0x1fffffffff },
        { "intra-hb-interleave", 0xc050000100, [0, 1], 0x0 },
        { "intra-hb-interleave", 0xc062345678, [0, 0], 0x91a2b78 },
        { "multi-interleave", 0xc050000000, [0, 0], 0x0 },
        { "multi-interleave", 0xc050000100, [1, 0], 0x0 },
        { "multi-interleave", 0xc050000200, [0, 1], 0x0 },
        { "multi-interleave", 0xc050000300, [1, 1], 0x0 },
        { "multi-interleave", 0xc050000400, [0, 0], 0x100 },
        { "multi-interleave", 0xc0500abcde, [0, 0], 0x2afde },
        { "multi-interleave", 0x1404fffffff, [1, 1], 0x1fffffffff },
        { "switch x2", 0x3f0000000000, [0, 0, 0], 0x0 },
        { "switch x2", 0x3f0000001000, [0, 0, 1], 0x0 },
        { "switch x2", 0x3f001fffffff, [0, 0, 1], 0xfffffff },
        { "x8 persistent", 0x3f0000000000, [0, 0, 0], 0x40000000 },
        { "x8 persistent", 0x3f0000001000, [1, 0, 0], 0x40000000 },
        { "x8 persistent", 0x3f0000002000, [0, 1, 0], 0x40000000 },
        { "x8 persistent", 0x3f0000003fff, [1, 1, 0], 0x40000fff },
        { "x8 persistent", 0x3f0000004000, [0, 0, 1], 0x40000000 },
        { "x8 persistent", 0x3f0000007fff, [1, 1, 1], 0x40000fff },
        { "x8 persistent", 0x3f0000008000, [0, 0, 0], 0x40001000 },
        { "x8 persistent", 0x3f007fffffff, [1, 1, 1], 0x4fffffff },
        { "root x3", 0x3000000000, [0, 0], 0x0 },
        { "root x3", 0x3000000200, [1, 0], 0x0 },
        { "root x3", 0x3000000400, [2, 0], 0x0 },
        { "root x3", 0x3000000600, [0, 0], 0x200 },
        { "root x3", 0x30000007ff, [0, 0], 0x3ff },
        { "root x3", 0x30bfffffff, [2, 0], 0x3fffffff },

        // Six ways over a three-way root: bridge and port follow the chunk's remainders by 3 and by 2.
        { "root x3, bridges x2", 0x3000000000, [0, 0], 0x0 },
        { "root x3, bridges x2", 0x3000000100, [1, 1], 0x0 },
        { "root x3, bridges x2", 0x3000000200, [2, 0], 0x0 },
        { "root x3, bridges x2", 0x3000000300, [0, 1], 0x0 },
        { "root x3, bridges x2", 0x3000000400, [1, 0], 0x0 },
        { "root x3, bridges x2", 0x3000000500, [2, 1], 0x0 },
        { "root x3, bridges x2", 0x3000000700, [1, 1], 0x100 },
        { "root x3, bridges x2", 0x3000000a00, [1, 0], 0x100 },
    };

    [Theory]
    [MemberData(nameof(Walks))]
    public void Address_ReachesDeviceAndDpa(string shape, ulong address, int[] path, ulong dpa)
    {
        Geometry geometry = Shapes[shape];

        Translation found = geometry.Translator.Translate(new Hpa(address));

        found.Outcome.Should().Be(DecodeOutcome.Hit);
        found.Device.Should().Be(geometry.DeviceAt(path));
        found.Address.Should().Be(new Dpa(dpa));
    }

    [Fact]
    public void LaterDecoder_StartsAfterCapacityAndSkipOfThoseBefore()
    {
        // 1 GiB over two ways gives 0x20000000, a skip of 0x20000000 follows (vector K11).
        HdmDecoder first = new(AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(1)), 2, 256, 0);
        HdmDecoder second = new(AddressRange.Of(new Hpa(0x1040000000), ByteSize.GiB(2)), 4, 256, 0x20000000);
        EndpointNode endpoint = new(0, [first, second]);
        EveryTranslator translator = new(new DecodeWindow(AddressRange.Of(new Hpa(0x1000000000), ByteSize.GiB(4)), 256, [endpoint]));

        translator.Translate(second.Range.Start).Address.Should().Be(new Dpa(0x40000000));
        translator.Translate(first.Range.Last).Address.Should().Be(new Dpa(0x1fffffff));
    }
}
