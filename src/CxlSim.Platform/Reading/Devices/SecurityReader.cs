using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>security:</c> of a device.</summary>
internal static class SecurityReader
{
    /// <summary>Bytes of a passphrase (CXL r3.1 8.2.9.9.6.2).</summary>
    private const int PassphraseLength = 32;

    public static readonly KeySet Keys = new("the security of a device",
    [
        new("secure_erase", Shapes.Flag, "Whether it has Secure Erase. Left out: false."),
        new("passphrase", Shapes.Text, "The user's, at most 32 characters, set before power-on: the device comes up locked. Left out: none."),
    ]);

    public static SecurityDescription? Read(ReadContext context, YamlNode? node) =>
        node is null || MappingReader.Open(context, node, Keys) is not { } reader
            ? null
            : new SecurityDescription(reader.Flag("secure_erase") ?? false, reader.Text("passphrase", text => WordParser.Ascii(text, PassphraseLength)));
}
