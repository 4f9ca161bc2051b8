using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Defaults;

/// <summary>The SRAT of a machine whose description has none: every CPU in node order, then every DRAM range.</summary>
internal static class SratDefaults
{
    public static IReadOnlyList<SratEntryDescription> Of(ReadContext context, IReadOnlyList<DramNodeDescription> nodes, bool isX2Apic)
    {
        // More CPUs than their ids can number have been reported; the table stops there.
        IEnumerable<SratEntryDescription> cpus = nodes
            .SelectMany(node => Enumerable.Repeat(node, node.Cpus))
            .Take(isX2Apic ? MemoryDescription.MostCpus : byte.MaxValue)
            .Select((node, apicId) => context.Replace<SratEntryDescription>(node, isX2Apic ? new SratX2ApicDescription(node.ProximityDomain, (uint)apicId) : new SratCpuDescription(node.ProximityDomain, (byte)apicId)));
        IEnumerable<SratEntryDescription> memory = nodes
            .SelectMany(node => node.Ranges.SelectMany(AddressSpace.WithoutLegacyHole), (node, range) => context.Replace<SratEntryDescription>(node, new SratMemoryDescription(node.ProximityDomain, range, false)));
        return [.. cpus, .. memory];
    }
}
