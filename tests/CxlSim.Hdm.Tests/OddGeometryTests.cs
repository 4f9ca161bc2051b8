using CxlSim.Core;

namespace CxlSim.Hdm.Tests;

/// <summary>Geometries that look regular and are not: blocks must not be translated as if they were.</summary>
public class OddGeometryTests
{
    private static readonly AddressRange Range = AddressRange.Of(new Hpa(0x30_0000_0000), ByteSize.MiB(768));

    public static TheoryData<string> Kinds => ["devices count by three in chunks twice the window's", "a window begins amid a row", "maps change bits 8 and 16"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryTranslatorAgrees(string kind)
    {
        DecodeWindow window = kind switch
        {
            "devices count by three in chunks twice the window's" => WindowOf(Range, 3, 512),
            "a window begins amid a row" => WindowOf(AddressRange.Of(Range.Start + new ByteSize(0x300), Range.Size - new ByteSize(0x300)), 4, 256),
            _ => WindowOf(Range, 4, 256, [0x100100, 0x210000]),
        };
        EveryTranslator translator = new(window);
        Random random = new(11);
        ulong[] addresses = [.. Enumerable.Range(0, 500).Select(_ => window.Range.Start.Value + (ulong)random.NextInt64((long)window.Range.Size.Bytes))];

        translator.Table.Find(window.Range.Start.Value)!.IsLeftToReference.Should().BeFalse();
        translator.AgreesOver(addresses).Should().BeTrue("of {0}", kind);
    }

    private static DecodeWindow WindowOf(AddressRange range, int ways, int granularity, ulong[]? maps = null) =>
        new(range, 256, [.. Enumerable.Range(0, ways).Select(device => new EndpointNode(device, [new HdmDecoder(Range, ways, granularity, 0)]))], maps);
}
