using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads what a host bridge's tables and namespace say of it: <c>chbs</c>, <c>osc</c>, <c>cbr</c>.</summary>
internal static class BridgeTablesReader
{
    private static readonly KeySet ChbsKeys = new("a CHBS",
    [
        new("uid", Shapes.Number(0, uint.MaxValue), "Left out: the bridge's."),
        new("version", Shapes.Number(0, uint.MaxValue), "CXL version: 0 for an RCH, 1 for CXL 2.0 or later. Left out: 1."),
        new("base", Shapes.Number(), "Left out: where the component registers lie."),
        new("length", Shapes.Size, "Left out: 8 KiB for version 0, else 64 KiB."),
    ]);

    private static readonly KeySet OscKeys = new("the answer of _OSC",
    [
        new("status", Shapes.Number(0, uint.MaxValue), "Left out: 0."),
        new("support", Shapes.Number(0, uint.MaxValue), "PCIe support. Left out: 0x13f."),
        new("control", Shapes.Number(0, uint.MaxValue), "PCIe control that the operating system gets. Left out: 0x1f."),
        new("cxl_support", Shapes.Number(0, uint.MaxValue), "CXL support. Left out: 0xf."),
        new("cxl_control", Shapes.Number(0, uint.MaxValue), "CXL control that the operating system gets. Left out: 1."),
    ]);

    public static readonly IReadOnlyList<Key> Keys =
    [
        new("chbs", Shapes.Either([Shapes.Mapping(() => ChbsKeys), Shapes.Words("none")]), "What the CEDT says of the bridge, true or not; 'none' leaves it out. Left out: the truth."),
        new("osc", Shapes.Mapping(() => OscKeys), "What _OSC answers. Left out: the operating system gets everything."),
        new("cbr", Shapes.List(Shapes.Number()), "The numbers of _CBR; left out, there is none."),
    ];

    /// <summary>Null: the table says what the bridge has.</summary>
    public static ChbsDescription? Read(ReadContext context, MappingReader bridge)
    {
        if (bridge.Node("chbs") is not { } node)
        {
            return null;
        }

        if (node is YamlScalar { Text: "none" })
        {
            return new ChbsDescription(false, null, null, null, null);
        }

        return MappingReader.Open(context, node, ChbsKeys) is not { } reader ? null : context.Register(
            new ChbsDescription(
                true,
                reader.Number<uint>("uid"),
                reader.Number<uint>("version"),
                reader.Number<ulong>("base"),
                reader.Size("length", ByteSize.Zero, new ByteSize(ulong.MaxValue))?.Bytes),
            reader.Mapping);
    }

    public static OscDescription ReadOsc(ReadContext context, MappingReader bridge)
    {
        if (bridge.Node("osc") is not { } node || MappingReader.Open(context, node, OscKeys) is not { } reader)
        {
            return OscDescription.Default;
        }

        return context.Register(
            new OscDescription(
                reader.Number<uint>("status") ?? OscDescription.Default.Status,
                reader.Number<uint>("support") ?? OscDescription.Default.Support,
                reader.Number<uint>("control") ?? OscDescription.Default.Control,
                reader.Number<uint>("cxl_support") ?? OscDescription.Default.CxlSupport,
                reader.Number<uint>("cxl_control") ?? OscDescription.Default.CxlControl),
            reader.Mapping);
    }

    public static IReadOnlyList<ulong>? ReadCbr(MappingReader bridge)
    {
        IReadOnlyList<ulong> numbers = bridge.Numbers<ulong>("cbr");
        if (numbers.Count > byte.MaxValue)
        {
            bridge.Refuse("cbr", Cxp.OutOfRange, $"found {numbers.Count} numbers; expected at most 255, as many as an AML package holds");
        }

        return bridge.Has("cbr") ? numbers : null;
    }
}
