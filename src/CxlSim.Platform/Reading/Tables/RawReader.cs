using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads a record that the file gives as bytes: <c>{raw: "0010 ..."}</c>.</summary>
internal static class RawReader
{
    public static readonly Key Key = Key.Required("raw", Shapes.Text, "The record as pairs of hexadecimal digits, its type and length included.");

    public static T? Read<T>(ReadContext context, YamlNode node, KeySet keys, Func<IReadOnlyList<byte>, T> make)
        where T : class =>
        MappingReader.Open(context, node, keys) is { } reader && reader.Text("raw", WordParser.Hex) is { } bytes ? context.Register(make(bytes), reader.Mapping) : null;
}
