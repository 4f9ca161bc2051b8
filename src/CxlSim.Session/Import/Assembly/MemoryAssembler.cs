using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Efi;

namespace CxlSim.Session;

/// <summary>Makes DRAM, processors and what firmware says of them out of SRAT, MADT, SLIT, HMAT and the memory map.</summary>
internal sealed class MemoryAssembler(ImportSources sources, bool useMemoryMap)
{
    private readonly ImportFindings _findings = sources.Findings;

    /// <param name="apart">What is no DRAM whatever SRAT says: windows, registers of bridges.</param>
    public MemoryDescription Memory(IReadOnlyList<AddressRange> apart)
    {
        IReadOnlyList<EfiEntryDescription> efi = useMemoryMap ? EfiMapAssembler.Assemble(sources) : [];
        MadtFacts? madt = sources.Tables.Find("APIC") is { } apic ? new MadtFacts(apic, _findings) : null;
        DomainProcessors cpus = new(madt?.Processors ?? [], sources.Srat);
        IReadOnlyList<DramNodeDescription> nodes = Cap(sources.Srat is { } srat ? Nodes(srat, efi, apart, cpus) : OneNode(efi, apart, cpus));
        MemoryDescription usual = Usual(nodes);
        if (nodes.Count == 0)
        {
            _findings.NotLearnt("neither the SRAT nor a memory map is in the capture; a node of 4 GiB is written");
        }
        else if (efi.Count == 0 && useMemoryMap)
        {
            _findings.NotLearnt("the memory map is not in the capture; one that fits the DRAM is written");
        }

        return new MemoryDescription
        {
            Nodes = usual.Nodes,
            Efi = efi.Count > 0 && nodes.Count > 0 ? efi : usual.Efi,
            Srat = nodes.Count > 0 ? sources.Srat?.Entries : usual.Srat,
            Madt = madt?.Entries,
            IsX2Apic = usual.Nodes.Sum(node => node.Cpus) > byte.MaxValue,
            Slit = sources.Tables.Find("SLIT") is { } slit ? SlitFacts.Read(slit, _findings) : null,
            Distances = [],
            Hmat = [],
            HmatRecords = sources.Tables.Find("HMAT") is { } hmat ? HmatFacts.Read(hmat, _findings) : [],
        };
    }

    private static List<DramNodeDescription> Nodes(SratFacts srat, IReadOnlyList<EfiEntryDescription> efi, IReadOnlyList<AddressRange> apart, DomainProcessors cpus)
    {
        IEnumerable<uint> domains = cpus.Domains.Concat(srat.Memory.Select(memory => memory.Domain)).Distinct();
        List<DramNodeDescription> nodes = [];
        List<AddressRange> taken = [.. apart, Ranges.ConfigurationSpace];
        foreach (uint domain in domains)
        {
            IReadOnlyList<AddressRange> ranges = Ranges.Merge(srat.Memory
                .Where(memory => memory.Domain == domain && IsDram(memory.Range, memory.HotPluggable, efi))
                .SelectMany(memory => Ranges.Without(memory.Range, taken))
                .Select(Ranges.WholePages)
                .OfType<AddressRange>());
            ranges = [.. ranges.SelectMany(range => Ranges.Without(range, taken))];
            taken.AddRange(ranges);
            int count = cpus.Of(domain);
            if (ranges.Count > 0 || count > 0)
            {
                nodes.Add(new DramNodeDescription(domain, Sum(ranges), count, ranges));
            }
        }

        return nodes;
    }

    /// <summary>Room for memory that is plugged in later has no entry in the memory map.</summary>
    private static bool IsDram(AddressRange range, bool hotPluggable, IReadOnlyList<EfiEntryDescription> efi) => efi.Count == 0
        ? !hotPluggable
        : efi.Any(entry => entry.Type is not (EfiMemoryType.Reserved or EfiMemoryType.MemoryMappedIo) && entry.Range.Overlaps(range));

    /// <summary>Without an SRAT everything that the memory map lists as memory is one node.</summary>
    private static List<DramNodeDescription> OneNode(IReadOnlyList<EfiEntryDescription> efi, IReadOnlyList<AddressRange> apart, DomainProcessors cpus)
    {
        const ulong endOfLow = 1UL << 32;
        AddressRange[] memory =
        [
            .. efi.Where(entry => entry.Type is EfiMemoryType.Conventional or EfiMemoryType.AcpiReclaim or EfiMemoryType.AcpiNvs)
                .Select(entry => entry.Range)
                .Where(range => !apart.Any(range.Overlaps)),
        ];
        Hpa[] low = [.. memory.Where(range => range.Last.Value < endOfLow).Select(range => range.Last)];
        if (low.Length == 0)
        {
            return [];
        }

        IEnumerable<AddressRange> high = memory.Where(range => range.Start.Value >= endOfLow);
        IReadOnlyList<AddressRange> ranges = Ranges.Merge(high.Prepend(AddressRange.FromBounds(Hpa.Zero, low.Max())).SelectMany(range => Ranges.Without(range, [Ranges.ConfigurationSpace])));
        return [new DramNodeDescription(0, Sum(ranges), Math.Max(1, cpus.Count), ranges)];
    }

    private List<DramNodeDescription> Cap(List<DramNodeDescription> nodes)
    {
        int left = MemoryDescription.MostCpus;
        if (nodes.Sum(node => node.Cpus) > left)
        {
            _findings.NotExpressed($"the machine has {nodes.Sum(node => node.Cpus)} processors; a platform file holds {left}, and so many are written");
        }
        else if (nodes.Count > 0 && nodes.Sum(node => node.Cpus) == 0)
        {
            _findings.NotLearnt("no processor is in the capture; one is written");
            nodes[0] = nodes[0] with { Cpus = 1 };
        }

        for (int i = 0; i < nodes.Count; i++)
        {
            nodes[i] = nodes[i] with { Cpus = Math.Min(left, nodes[i].Cpus) };
            left -= nodes[i].Cpus;
        }

        return nodes;
    }

    /// <summary>What the platform language takes for granted of such DRAM.</summary>
    private static MemoryDescription Usual(IReadOnlyList<DramNodeDescription> nodes)
    {
        string lines = string.Concat(nodes.Select(node => FormattableString.Invariant($"\n    - {{pxm: {node.ProximityDomain}, size: {node.Size.Bytes}, cpus: {node.Cpus}{RangesOf(node)}}}")));
        PlatformReadResult read = PlatformReader.ReadText(nodes.Count == 0 ? "memory: {dram: 4GiB}" : $"memory:\n  apic: x2apic\n  nodes:{lines}", "capture");
        return read.Platform?.Memory ?? new MemoryDescription { Nodes = nodes, Efi = [], Srat = null, Distances = [], Hmat = [] };
    }

    private static string RangesOf(DramNodeDescription node) => node.Ranges.Count > 0 ? $", ranges: [{string.Join(", ", node.Ranges)}]" : "";

    private static ByteSize Sum(IEnumerable<AddressRange> ranges) => ranges.Aggregate(ByteSize.Zero, (sum, range) => sum + range.Size);
}
