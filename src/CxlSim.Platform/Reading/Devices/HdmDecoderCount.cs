using CxlSim.Platform.Language;
using CxlSim.Spec.Cxl;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>hdm_decoders:</c> against what the capability register can say (CXL r3.1 8.2.4.20.1).</summary>
internal static class HdmDecoderCount
{
    /// <summary>What QEMU 9 gives to every component.</summary>
    public const int Default = 4;

    /// <summary>Beyond it the number is a slip, not a count that has no code.</summary>
    public const ulong Most = 1000;

    public static readonly Key Key =
        new("hdm_decoders", Shapes.Number(0, Most), $"HDM decoders of the component: 1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28 or 32. Left out: {Default}.");

    public static int Read(MappingReader reader) => reader.Number<int>("hdm_decoders") is { } count ? Check(reader, count) : Default;

    /// <summary>Of a device, which may have none.</summary>
    public static int ReadOptional(MappingReader reader, int otherwise = Default) =>
        !reader.Has("hdm_decoders") ? otherwise : reader.Number<int>("hdm_decoders") is { } count and not 0 ? Check(reader, count) : 0;

    public static int Check(MappingReader reader, int count)
    {
        if (!HdmDecoderRegisters.TryEncodeCount(count, out _))
        {
            reader.Refuse("hdm_decoders", Cxp.DecoderCount, $"found {count} HDM decoders; expected 1, 2, 4, 6, 8, 10, 12, 14, 16, 20, 24, 28 or 32");
        }

        return count;
    }
}
