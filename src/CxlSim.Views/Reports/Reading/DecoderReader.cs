using CxlSim.Kernel;

namespace CxlSim.Views;

/// <summary>Reads decoders, from the root down.</summary>
internal static class DecoderReader
{
    private static readonly string[] Levels = ["root", "host bridge", "switch", "endpoint"];

    public static IReadOnlyList<ReportDecoder> Read(LinuxKernel kernel)
    {
        ILookup<string, string> byWindow = kernel.Cxl.Bus.Devices.OfType<CxlRegion>().OrderBy(region => region.Id).ToLookup(region => region.Root.Name, region => region.Name);
        return [.. kernel.Cxl.Bus.Devices.OfType<CxlDecoder>().OrderBy(decoder => decoder.Port.Id).ThenBy(decoder => decoder.Id)
            .Select(decoder => Read(decoder, byWindow)).OrderBy(decoder => Array.IndexOf(Levels, decoder.Level))];
    }

    private static ReportDecoder Read(CxlDecoder decoder, ILookup<string, string> byWindow)
    {
        string level = decoder switch
        {
            CxlRootDecoder => "root",
            CxlEndpointDecoder => "endpoint",
            _ => decoder.Port.ParentPort?.IsRoot == true ? "host bridge" : "switch",
        };
        return new ReportDecoder(
            decoder.Name, level, $"{decoder.Port.Name} {decoder.Port.Uport.Name}", decoder.Range, decoder.Ways, decoder.Granularity, TargetsOf(decoder), StateOf(decoder), RegionsOf(decoder, byWindow));
    }

    private static string TargetsOf(CxlDecoder decoder) => decoder switch
    {
        CxlRootDecoder root => string.Join(", ", root.Targets.Select(target => target.Device.Name)),
        CxlSwitchDecoder between => string.Join(", ", between.Targets.Select(target => target.Device.Name)),
        CxlEndpointDecoder { Dpa: { } taken } => $"DPA {taken.Start}, {taken.Size}",
        _ => string.Empty,
    };

    private static string StateOf(CxlDecoder decoder)
    {
        string state = decoder switch
        {
            CxlRootDecoder => "fixed",
            CxlSwitchDecoder { IsPassthrough: true } => "passthrough",
            { IsEnabled: true } => "committed",
            { Range: not null } or CxlEndpointDecoder { Dpa: not null } => "set",
            _ => "idle",
        };
        return decoder.IsLocked ? $"{state}, locked" : state;
    }

    private static IReadOnlyList<string> RegionsOf(CxlDecoder decoder, ILookup<string, string> byWindow) => decoder switch
    {
        CxlRootDecoder root => [.. byWindow[root.Name]],
        CxlSwitchDecoder { Region: { } region } => [region.Name],
        CxlEndpointDecoder { Region: { } region } => [region.Name],
        _ => [],
    };
}
