using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>slit:</c>: a matrix, or a mapping with the number of localities that the table is to claim.</summary>
internal static class SlitReader
{
    private static readonly Shape Matrix = Shapes.List(Shapes.List(Shapes.Number(0, byte.MaxValue)));

    private static readonly KeySet Keys = new("the SLIT",
    [
        Key.Required("entries", Matrix, "A row for each domain."),
        new("localities", Shapes.Number(), "What the table claims. Left out: the number of rows."),
    ]);

    public static readonly Shape Shape = Shapes.Either([Matrix, Shapes.Mapping(() => Keys)]);

    public static SlitDescription? Read(ReadContext context, MappingReader memory)
    {
        if (memory.Node("slit") is not YamlMapping mapping)
        {
            IReadOnlyList<IReadOnlyList<byte>> matrix = memory.Rows<byte>("slit");
            return memory.Has("slit") ? context.Register(new SlitDescription((ulong)matrix.Count, matrix), memory.Mapping) : null;
        }

        MappingReader reader = MappingReader.Open(context, mapping, Keys)!;
        IReadOnlyList<IReadOnlyList<byte>> rows = reader.Rows<byte>("entries");
        return context.Register(new SlitDescription(reader.Number<ulong>("localities") ?? (ulong)rows.Count, rows), reader.Mapping);
    }
}
