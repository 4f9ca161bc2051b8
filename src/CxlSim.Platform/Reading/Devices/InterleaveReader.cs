using CxlSim.Platform.Language;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>interleave:</c> of a component with HDM decoders.</summary>
internal static class InterleaveReader
{
    private static readonly (string Word, InterleaveCapabilities Value)[] Words =
    [
        ("bits_8_to_11", InterleaveCapabilities.Bits8To11),
        ("bits_12_to_14", InterleaveCapabilities.Bits12To14),
        ("ways_3_6_12", InterleaveCapabilities.Ways3612),
        ("ways_16", InterleaveCapabilities.Ways16),
    ];

    public static readonly Key Key = new(
        "interleave",
        Shapes.List(Shapes.Words(Words.Select(word => word.Word))),
        "What the HDM decoders can do beyond one way: which address bits may choose a target, and ways that are no power of two or 16. Left out: everything.");

    public static InterleaveCapabilities Read(MappingReader reader) => !reader.Has("interleave")
        ? InterleaveCapabilities.All
        : (reader.Values("interleave", text => WordParser.Choice(text, Words)) ?? []).Aggregate(InterleaveCapabilities.None, (all, word) => all | word);

    /// <summary>The words that mean these capabilities.</summary>
    public static IEnumerable<string> WordsOf(InterleaveCapabilities capabilities) => Words.Where(word => capabilities.HasFlag(word.Value)).Select(word => word.Word);
}
