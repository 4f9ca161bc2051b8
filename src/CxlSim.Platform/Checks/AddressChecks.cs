using CxlSim.Platform.Reading;
using CxlSim.Spec.CxlTest;

namespace CxlSim.Platform.Checks;

/// <summary>Checks that nothing claims an address that something else has: every address has one owner on the host's side.</summary>
internal static class AddressChecks
{
    private const int DramRank = 1;
    private const int WindowRank = 4;

    public static void Run(ReadContext context, PlatformDescription platform)
    {
        IEnumerable<AddressClaim> claims =
        [
            .. platform.Memory.Nodes.SelectMany(node => Dram(context, node)),
            new AddressClaim(0, "the memory-mapped configuration space", AddressSpace.ConfigurationSpace, context.Start),
            .. platform.Kernel.HasCxlTest ? [new AddressClaim(0, "the mock devices of cxl_test", MockLayout.Pool, context.PlaceOf(platform.Kernel, "cxl_test"))] : Array.Empty<AddressClaim>(),
            .. platform.HostBridges.SelectMany(bridge => OfBridge(context, bridge)),
            .. platform.Windows.Select(w => new AddressClaim(WindowRank, "the window", w.Range, context.PlaceOf(w, "base"))),
        ];
        foreach ((AddressClaim upper, AddressClaim lower) in Overlaps.Of(claims, c => c.Range))
        {
            (AddressClaim guilty, AddressClaim other) = IsToBlame(upper, lower) ? (upper, lower) : (lower, upper);
            string id = guilty.Rank == DramRank && other.Rank == DramRank ? Cxp.DramOverlaps : Cxp.RangesOverlap;
            if (guilty.Rank == WindowRank && other.Rank == WindowRank)
            {
                // Linux makes a decoder of each and cuts the later one's resource (add_cxl_resources in drivers/cxl/acpi.c).
                context.Warning(Cxp.WindowsOverlap, guilty.At, $"the window {guilty.Range} overlaps {other.Range} at {other.At}; expected windows apart");
                continue;
            }

            string message = $"{guilty.What} {guilty.Range} overlaps {other.What} {other.Range} at {other.At}; expected address ranges apart";
            context.Error(id, guilty.At, message);
        }
    }

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
