using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Which windows of the CEDT Linux takes (<c>cxl_acpi_cfmws_verify</c> and what follows it in <c>drivers/cxl/acpi.c</c>).</summary>
internal static class WindowFormula
{
    private const ulong Unit = 256UL << 20;

    public static bool IsTaken(PlatformDescription platform, WindowDescription window)
    {
        int code = window.EncodedWays ?? InterleaveFormula.WaysCodes.GetValueOrDefault(window.Targets.Count, -1);
        int ways = InterleaveFormula.WaysCodes.FirstOrDefault(pair => pair.Value == code, new(0, 0)).Key;
        uint granularityCode = window.EncodedGranularity ?? (uint)InterleaveFormula.GranularityCodes[window.Granularity];
        bool isXor = window.EncodedArithmetic == 1;
        return ways > 0
            && window.EncodedArithmetic is 0 or 1
            && window.Range.Start.Value % Unit == 0 && window.Range.Size.Bytes % Unit == 0
            && ways <= window.Targets.Count
            && granularityCode <= 6
            && (!isXor || HasMaps(platform, ways, granularityCode))
            && window.Targets.Take(ways).All(uid => platform.HostBridges.Any(bridge => bridge.Cxl is { Chbs: null or { IsWritten: true } } && bridge.Uid == uid));
    }

    /// <summary>Maps are found by granularity; no two windows here have different ones.</summary>
    private static bool HasMaps(PlatformDescription platform, int ways, uint code)
    {
        int needed = InterleaveFormula.XorMaps[ways];
        return needed == 0 || platform.Windows.Where(window => window.XorMaps is not null && InterleaveFormula.GranularityCodes[window.Granularity] == code)
            .Select(window => window.XorMaps!.Count).Append(0).Max() >= needed;
    }
}
