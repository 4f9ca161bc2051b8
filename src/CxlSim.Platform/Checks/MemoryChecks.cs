using CxlSim.Core;
using CxlSim.Platform.Defaults;
using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Checks;

/// <summary>Checks DRAM, CPUs and the EFI map against one another.</summary>
internal static class MemoryChecks
{
    public static void Run(ReadContext context, MemoryDescription memory)
    {
        CheckDomains(context, memory.Nodes);
        CheckCpus(context, memory);
        CheckPages(context, memory.Nodes);
        CheckLow(context, memory.Nodes);
        CheckEfi(context, memory.Efi);
    }

    private static void CheckDomains(ReadContext context, IReadOnlyList<DramNodeDescription> nodes)
    {
        foreach ((DramNodeDescription node, DramNodeDescription first) in Repeats.Of(nodes.Where(n => context.IsSound(n, "pxm")), n => n.ProximityDomain))
        {
            string message = $"proximity domain {node.ProximityDomain} is there twice, first at {context.PlaceOf(first, "pxm")}; expected one node for each";
            context.Error(Cxp.ProximityDomainTwice, context.PlaceOf(node, "pxm"), message);
        }
    }

    private static void CheckCpus(ReadContext context, MemoryDescription memory)
    {
        int sum = memory.Nodes.Sum(n => n.Cpus);
        (int most, string why) = memory.IsX2Apic ? (MemoryDescription.MostCpus, "the most that are modelled") : (byte.MaxValue, "as APIC ids are bytes; 'apic: x2apic' allows more");
        if (memory.Nodes.Count > 0 && (sum == 0 || sum > most))
        {
            context.Error(Cxp.OutOfRange, context.PlaceOf(memory.Nodes[^1], "cpus"), $"found {sum} CPUs in all nodes; expected 1 to {most}, {why}");
        }
    }

    private static void CheckPages(ReadContext context, IReadOnlyList<DramNodeDescription> nodes)
    {
        foreach (DramNodeDescription node in nodes.Where(n => n.Ranges.Any(r => !Pages.AreWhole(r))))
        {
            string key = context.Says(node, "ranges") ? "ranges" : context.Says(node, "dram") ? "dram" : "size";
            context.Error(Cxp.OutOfRange, context.PlaceOf(node, key), "DRAM that is not made of whole pages; expected multiples of 4 KiB");
        }
    }

    /// <summary>The default EFI map needs room for ACPI; a kernel needs low memory whatever the map says.</summary>
    private static void CheckLow(ReadContext context, IReadOnlyList<DramNodeDescription> nodes)
    {
        bool sound = nodes.All(n => context.IsSound(n, "size") && context.IsSound(n, "ranges") && context.IsSound(n, "dram"));
        AddressRange? low = EfiDefaults.TopOfLow(nodes.SelectMany(n => n.Ranges));
        bool enough = low is { } range && AddressSpace.WithoutLegacyHole(range).LastOrDefault().Size >= EfiDefaults.LeastLowMemory;
        if (sound && !enough)
        {
            SourceLocation at = nodes.Count == 0 ? context.Start : context.PlaceOf(nodes[0], "dram");
            string found = low is { } some ? $"the highest DRAM range below 4 GiB is {some}" : "no DRAM range ends below 4 GiB";
            string expected = $"expected at least {EfiDefaults.LeastLowMemory} above the first MiB there, for the kernel and ACPI tables";
            context.Error(Cxp.NoLowMemory, at, $"{found}; {expected}");
        }
    }

    private static void CheckEfi(ReadContext context, IReadOnlyList<EfiEntryDescription> entries)
    {
        // A default map is made from DRAM, and what is wrong with DRAM is reported there.
        IReadOnlyList<EfiEntryDescription> said = [.. entries.Where(e => context.Says(e, "range"))];
        foreach (EfiEntryDescription entry in said.Where(e => !Pages.AreWhole(e.Range)))
        {
            string message = $"the EFI entry {entry.Range} is not made of whole pages; expected multiples of 4 KiB";
            context.Error(Cxp.EfiEntry, context.PlaceOf(entry, "range"), message);
        }

        foreach ((EfiEntryDescription entry, EfiEntryDescription lower) in Overlaps.Of(said, e => e.Range))
        {
            string message = $"the EFI entry {entry.Range} overlaps {lower.Range} at {context.PlaceOf(lower, "range")}; expected entries apart";
            context.Warning(Cxp.EfiOverlap, context.PlaceOf(entry, "range"), message);
        }
    }
}
