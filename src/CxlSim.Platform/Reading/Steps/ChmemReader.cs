using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads steps that put a size, a range or blocks online or offline, as the tool chmem does.</summary>
internal static class ChmemReader
{
    private const string Size = "size";
    private const string Range = "range";
    private const string Blocks = "blocks";

    private static readonly string[] Zones = ["DMA", "DMA32", "Normal", "Highmem", "Movable", "Device"];

    private static readonly Key Zone = new("zone", Shapes.Words(Zones), "Only blocks of this zone, or that can be of it. Left out: Movable where that can be, else what the kernel chooses.");

    private static readonly KeySet SizeKeys = new("a size of memory blocks", [Key.Required(Size, Shapes.Size, "How much: whichever blocks will do, upwards to go online and downwards to go offline."), Zone]);
    private static readonly KeySet RangeKeys = new("a range of memory blocks", [Key.Required(Range, Shapes.Range, "Their addresses, both ends."), Zone]);
    private static readonly KeySet BlocksKeys = new("memory blocks by number", [Key.Required(Blocks, Shapes.Either([Shapes.Number(), Shapes.Range]), "A block's number, or the first and the last: 146-149."), Zone]);

    /// <summary>What a step may have in place of a name.</summary>
    public static IReadOnlyList<Shape> Forms { get; } = [Shapes.Mapping(() => SizeKeys), Shapes.Mapping(() => RangeKeys), Shapes.Mapping(() => BlocksKeys)];

    /// <summary>Null for a step that means blocks by a name.</summary>
    public static KeySet? KeysOf(YamlNode value, string verb) => value switch
    {
        YamlMapping mapping when mapping.Has(Size) => SizeKeys,
        YamlMapping mapping when mapping.Has(Range) => RangeKeys,
        YamlMapping mapping when mapping.Has(Blocks) => BlocksKeys,
        YamlMapping when verb == "offline" => SizeKeys,
        _ => null,
    };

    /// <summary>Null after something that was reported.</summary>
    public static ChmemStep? Read(ReadContext context, YamlNode value, KeySet keys, SourceLocation at, bool isOnline)
    {
        MappingReader reader = MappingReader.Open(context, value, keys)!;
        ChmemStep step = new(at, isOnline) { Zone = reader.Text("zone", text => WordParser.Choice(text, [.. Zones.Select(word => (word, word))])) };
        if (keys == SizeKeys)
        {
            return reader.Size(Size, ByteSize.Zero, new ByteSize(long.MaxValue)) is { } size ? step with { Size = size } : null;
        }

        if (keys == RangeKeys)
        {
            return reader.Range(Range) is { } range ? step with { Range = range } : null;
        }

        if (reader.Node(Blocks) is YamlScalar several && several.Text.Contains('-', StringComparison.Ordinal))
        {
            return reader.Range(Blocks) is { } numbers ? step with { Blocks = (numbers.Start.Value, numbers.Last.Value) } : null;
        }

        return reader.Number<ulong>(Blocks) is { } number ? step with { Blocks = (number, number) } : null;
    }
}
