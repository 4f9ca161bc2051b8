using CxlSim.Platform.Reading;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Platform.Checks;

/// <summary>Checks that nothing claims an address that something else has. Hardware cannot share one; a window that the CEDT lays over it is a mistake of firmware, which bytes can carry.</summary>
internal static class AddressChecks
{
    private const int DramRank = 1;

    public static void Run(ReadContext context, PlatformDescription platform)
    {
        AddressClaim[] hardware =
        [
            .. platform.Memory.Nodes.SelectMany(node => Dram(context, node)),
            new AddressClaim(0, "the memory-mapped configuration space", AddressSpace.ConfigurationSpace, context.Start),
            .. platform.HostBridges.SelectMany(bridge => OfBridge(context, bridge)),
        ];
        AddressClaim[] mocks = platform.Kernel.HasCxlTest ? [new AddressClaim(0, "the mock devices of cxl_test", MockLayout.Pool, context.PlaceOf(platform.Kernel, "cxl_test"))] : [];
        AddressClaim[] windows = [.. platform.Windows.Select(w => new AddressClaim(4, "the window", w.Range, context.PlaceOf(w, "base")))];
        foreach ((AddressClaim upper, AddressClaim lower) in Overlaps.Of(hardware.Concat(mocks), c => c.Range))
        {
            (AddressClaim guilty, AddressClaim other) = IsToBlame(upper, lower) ? (upper, lower) : (lower, upper);
            string id = guilty.Rank == DramRank && other.Rank == DramRank ? Cxp.DramOverlaps : Cxp.RangesOverlap;
            context.Error(id, guilty.At, Message(guilty, other));
        }

        foreach (AddressClaim window in windows)
        {
            if (Array.Find(mocks, mock => mock.Range.Overlaps(window.Range)) is { } mock)
            {
                context.Error(Cxp.RangesOverlap, window.At, Message(window, mock)); // no firmware knows of them
            }
            else if (hardware.Where(claim => claim.Range.Overlaps(window.Range)).MinBy(claim => claim.Range.Start) is { } claim)
            {
                context.Warning(Cxp.WindowOverlaps, window.At, Message(window, claim));
            }
        }

        foreach ((AddressClaim upper, AddressClaim lower) in Overlaps.Of(windows, c => c.Range))
        {
            // Linux makes a decoder of each and cuts the later one's resource (add_cxl_resources in drivers/cxl/acpi.c).
            (AddressClaim guilty, AddressClaim other) = IsToBlame(upper, lower) ? (upper, lower) : (lower, upper);
            context.Warning(Cxp.WindowsOverlap, guilty.At, $"the window {guilty.Range} overlaps {other.Range} at {other.At}; expected windows apart");
        }
    }

    private static string Message(AddressClaim guilty, AddressClaim other) =>
        $"{guilty.What} {guilty.Range} overlaps {other.What} {other.Range} at {other.At}; expected address ranges apart";

    /// <summary>Of two alike the later in the file.</summary>
    private static bool IsToBlame(AddressClaim a, AddressClaim b) =>
        a.Rank != b.Rank ? a.Rank > b.Rank : (a.At.Line, a.At.Column).CompareTo((b.At.Line, b.At.Column)) >= 0;

    private static IEnumerable<AddressClaim> Dram(ReadContext context, DramNodeDescription node) =>
        node.Ranges.Select((range, i) => new AddressClaim(DramRank, "the DRAM range", range, context.PlaceOf(node, "ranges", i)));

    private static IEnumerable<AddressClaim> OfBridge(ReadContext context, HostBridgeDescription bridge)
    {
        // Below 1 MiB a bridge may shadow DRAM: the legacy hole of every PC.
        IEnumerable<AddressClaim> mmio = bridge.Mmio
            .Select((range, i) => new AddressClaim(2, "the MMIO range", range, context.PlaceOf(bridge, "mmio", i)))
            .Where(claim => !AddressSpace.LegacyHole.Contains(claim.Range));
        (string key, string what) = bridge.Cxl?.Restricted is null ? ("component_registers", "the component registers") : ("rcrb", "the RCRB and what follows it");
        return Topology.RegistersOf(bridge) is { } registers && context.IsSound(bridge, key)
            ? mmio.Append(new AddressClaim(3, what, registers, context.PlaceOf(bridge, key)))
            : mmio;
    }
}
