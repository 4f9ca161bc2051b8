using CxlSim.Core;
using CxlSim.Platform.Reading;
using CxlSim.Spec.Acpi;

namespace CxlSim.Platform.Writing;

/// <summary>Writes <c>windows:</c>.</summary>
internal static class WindowWriter
{
    public static void Write(YamlText text, IReadOnlyList<WindowDescription> windows, PlatformComments? comments)
    {
        foreach (WindowDescription window in windows)
        {
            text.Comment(comments?.For(window));
            text.Line("- " + Of(window));
        }
    }

    private static FlowMapping Of(WindowDescription window) => new FlowMapping()
        .Add("base", window.Range.Start.ToString())
        .Add("size", ScalarText.Of(window.Range.Size))
        .Add("targets", ScalarText.List(window.Targets.Select(uid => ScalarText.Of(uid))))
        .Add("granularity", ScalarText.Of((ulong)window.Granularity))
        .Add("arithmetic", "xor", window.XorMaps is not null)
        .Add("xor_maps", ScalarText.List((window.XorMaps ?? []).Select(map => ScalarText.Hex(map))), window.XorMaps is { Count: > 0 })
        .Add("restrictions", ScalarText.Hex(window.Restrictions))
        .Number("qos_class", window.QosClass, 0)
        .Hex("encoded_base", window.EncodedBase)
        .Add("encoded_size", window.EncodedSize is { } size ? ScalarText.Of(new ByteSize(size)) : null)
        .Number("encoded_ways", window.EncodedWays)
        .Number("encoded_granularity", window.EncodedGranularity)
        .Number("encoded_arithmetic", window.EncodedArithmetic, window.XorMaps is null ? CedtCfmws.ArithmeticModulo : CedtCfmws.ArithmeticXor)
        .Number("record_length", window.RecordLength)
        .Add("efi", WindowReader.EfiMaps.First(word => word.Map == window.EfiMap).Word, window.EfiMap != WindowEfiMap.None);
}
