using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>link:</c> of a device or a switch.</summary>
internal static class LinkReader
{
    private const int MostRetimers = 2;
    private const int MostCredits = 65536;
    private const int FastestOf68 = 32;

    public static readonly (string Word, int Value)[] Lanes = [("1", 1), ("2", 2), ("4", 4), ("8", 8), ("16", 16)];

    public static readonly (string Word, int Value)[] Rates = [("8", 8), ("16", 16), ("32", 32), ("64", 64)];

    public static readonly (string Word, FlitKind Value)[] Flits = [("68B", FlitKind.Bytes68), ("256B", FlitKind.Bytes256), ("256B-latency-optimized", FlitKind.LatencyOptimized256)];

    private static readonly KeySet CreditKeys = new("credits",
    [
        new("req", Shapes.Number(1, MostCredits), "Requests without data."),
        new("rwd", Shapes.Number(1, MostCredits), "Requests with data."),
        new("ndr", Shapes.Number(1, MostCredits), "Answers without data."),
        new("drs", Shapes.Number(1, MostCredits), "Answers with data."),
    ]);

    private static readonly KeySet Keys = new("a link",
    [
        new("lanes", Shapes.Words(Lanes.Select(lanes => lanes.Word)), "Width."),
        new("rate", Shapes.Words(Rates.Select(rate => rate.Word)), "GT/s."),
        new("flits", Shapes.Words(Flits.Select(flits => flits.Word)), "How messages travel; 64 GT/s needs flits of 256 bytes."),
        new("packs_headers", Shapes.Flag, "Whether answers with data share slots for their headers, or each takes one."),
        new("latency", Shapes.Duration, "Both ports and the wire, each way."),
        new("retimers", Shapes.Number(0, MostRetimers), "Between the ports."),
        new("retimer", Shapes.Duration, "What each of them adds, each way."),
        new("egress", Shapes.Duration, "How much a sender hands to the wire at once; what comes later waits; in a host, reads and writes in turn."),
        new("credits", Shapes.Mapping(() => CreditKeys), "Messages of each channel that receivers have room for."),
    ]);

    public static Key Key { get; } = new("link", Shapes.Mapping(() => Keys), "The link above, which configuration space shows as well.");

    public static LinkDescription Read(ReadContext context, MappingReader parent, LinkDescription known)
    {
        if (parent.Node("link") is not { } node || MappingReader.Open(context, node, Keys) is not { } reader)
        {
            return known;
        }

        LinkDescription link = known with
        {
            Lanes = reader.Choice("lanes", Lanes) ?? known.Lanes,
            Rate = reader.Choice("rate", Rates) ?? known.Rate,
            Flits = reader.Choice("flits", Flits) ?? known.Flits,
            PacksHeaders = reader.Flag("packs_headers") ?? known.PacksHeaders,
            LatencyNs = reader.PathTime("latency") ?? known.LatencyNs,
            Retimers = reader.Number<int>("retimers") ?? known.Retimers,
            RetimerNs = reader.PathTime("retimer") ?? known.RetimerNs,
            EgressNs = reader.PathTime("egress") ?? known.EgressNs,
            Credits = ReadCredits(context, reader.Node("credits"), known.Credits),
        };
        if (link.Rate > FastestOf68 && link.Flits == FlitKind.Bytes68)
        {
            reader.Refuse(reader.Has("flits") ? "flits" : "rate", Cxp.FlitsOfRate, $"{link.Rate} GT/s with flits of 68 bytes; expected 'flits: 256B', since those end at {FastestOf68} GT/s");
        }

        return link;
    }

    private static CreditsDescription ReadCredits(ReadContext context, YamlNode? node, CreditsDescription known) =>
        node is null || MappingReader.Open(context, node, CreditKeys) is not { } reader ? known : new CreditsDescription(
            reader.Number<int>("req") ?? known.Req,
            reader.Number<int>("rwd") ?? known.RwD,
            reader.Number<int>("ndr") ?? known.Ndr,
            reader.Number<int>("drs") ?? known.Drs);
}
