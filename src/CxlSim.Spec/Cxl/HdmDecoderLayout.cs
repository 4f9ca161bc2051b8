namespace CxlSim.Spec.Cxl;

/// <summary>The HDM decoder capability, field by field (CXL r3.1 8.2.4.20).</summary>
public static class HdmDecoderLayout
{
    private const int Targets = 4;

    /// <param name="decoders">How many.</param>
    /// <param name="isEndpoint">Whether decoders skip DPA and do not choose among targets.</param>
    public static BlockLayout Of(int decoders, bool isEndpoint) => new(
        "HDM Decoder Capability", [.. Global(), .. Enumerable.Range(0, decoders).SelectMany(decoder => Decoder(decoder, isEndpoint))]);

    private static IEnumerable<RegisterLayout> Global() =>
    [
        new(
            "HDM Decoder Capability", HdmDecoderRegisters.Capability, 4,
            new(HdmDecoderRegisters.CountHigh, HdmDecoderRegisters.CountLow, "Decoder Count") { Meaning = code => HdmDecoderRegisters.DecodeCount((uint)code) is > 0 and var count ? $"{count} decoders" : null },
            new(HdmDecoderRegisters.TargetCountHigh, HdmDecoderRegisters.TargetCountLow, "Target Count"), new(8, "A11to8 Interleave Capable"), new(9, "A14to12 Interleave Capable"), new(10, "Poison On Decode Error Capability"),
            new(11, "3, 6, 12 Way Interleave Capable"), new(12, "16 Way Interleave Capable"), new(13, "UIO Capable"), new(19, 16, "UIO Capable Decoder Count"), new(20, "MemData-NXM Capable"), new(22, 21, "Supported Coherency Models")),
        new("HDM Global Control", HdmDecoderRegisters.GlobalControl, 4, new(0, "Poison On Decode Error Enable"), new(1, "HDM Decoder Enable")),
    ];

    private static IEnumerable<RegisterLayout> Decoder(int number, bool isEndpoint)
    {
        string name = $"HDM Decoder {number}";
        return
        [
            At("Base Low", HdmDecoderRegisters.BaseLow, new FieldLayout(31, 28, "Memory Base 31:28")),
            At("Base High", HdmDecoderRegisters.BaseHigh),
            At("Size Low", HdmDecoderRegisters.SizeLow, new FieldLayout(31, 28, "Memory Size 31:28")),
            At("Size High", HdmDecoderRegisters.SizeHigh),
            At("Control", HdmDecoderRegisters.Control, Control),
            At("Target List or Skip Low", HdmDecoderRegisters.TargetLow, isEndpoint ? [new(31, 28, "DPA Skip 31:28")] : [.. TargetsFrom(0)]),
            At("Target List or Skip High", HdmDecoderRegisters.TargetHigh, isEndpoint ? [] : [.. TargetsFrom(Targets)]),
        ];

        RegisterLayout At(string register, int offset, params FieldLayout[] fields) => new($"{name} {register}", HdmDecoderRegisters.OffsetOf(number, offset), 4, fields);
    }

    private static FieldLayout[] Control =>
    [
        new(3, 0, "Interleave Granularity") { Meaning = code => Interleave.TryDecodeGranularity((uint)code, out int granularity) ? $"{granularity} bytes" : null },
        new(7, 4, "Interleave Ways") { Meaning = code => !Interleave.TryDecodeWays((uint)code, out int ways) ? null : ways == 1 ? "1 way" : $"{ways} ways" },
        new(8, "Lock On Commit"), new(9, "Commit"), new(10, "Committed"), new(11, "Error Not Committed"), FieldLayout.Named(12, 12, "Target Range Type", "device coherent", "host-only coherent"),
        new(13, "BI"), new(14, "UIO"), new(19, 16, "Upstream Interleave Granularity"), new(23, 20, "Upstream Interleave Ways"), new(27, 24, "Interleave Set Position"),
    ];

    private static IEnumerable<FieldLayout> TargetsFrom(int way) => Enumerable.Range(0, Targets).Select(index => new FieldLayout((8 * index) + 7, 8 * index, $"Target Port Identifier for Way {way + index}"));
}
