using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>What the HMAT says of nodes and generic ports, and who learns of it (<c>drivers/acpi/numa/hmat.c</c>).</summary>
public sealed class Hmat(KernelCore core, AcpiTables tables, Numa numa, MemoryTiers tiers, HmemRanges hmem)
{
    /// <summary>The four numbers in the order in which initiators are told apart.</summary>
    private static readonly byte[] Order =
        [CdatRecords.DataWriteLatency, CdatRecords.DataReadLatency, CdatRecords.DataWriteBandwidth, CdatRecords.DataReadBandwidth];

    private readonly List<HmatTarget> _targets = [];
    private readonly SortedSet<uint> _initiators = [];

    /// <summary>The last record of each kind.</summary>
    private readonly Dictionary<byte, HmatMatrix> _matrices = [];

    /// <summary>Whether nodes' distances come from here: the DRAM nodes agree on what DRAM is.</summary>
    public bool HasReference { get; private set; }

    /// <summary>Reads the tables and publishes what they say of nodes that are online (<c>hmat_init</c>).</summary>
    public void Init()
    {
        if (!core.Config.IsEnabled("ACPI_HMAT") || numa.IsSratDisabled || core.CommandLine.HasOption("numa", "nohmat")
            || tables.Find("SRAT") is not { } srat || tables.Find("HMAT") is not { } hmat)
        {
            return;
        }

        HmatParser parser = new(core, numa, _targets);
        if (!parser.TryAddTargets(srat) || !parser.TryParse(hmat))
        {
            _targets.Clear();
            return;
        }

        _initiators.UnionWith(parser.Initiators.Where(domain => NodeOf(domain) is not null));
        foreach (HmatMatrix matrix in parser.Matrices.Where(matrix => matrix.IsMemory))
        {
            Take(matrix);
        }

        foreach (HmatTarget target in _targets)
        {
            foreach (AddressRange range in target.Ranges.OrderBy(range => range.Start))
            {
                hmem.Register(range, numa.Domains.NodeOf(target.Domain) ?? Numa.NoNode);
            }

            Register(target);
        }

        HasReference = tiers.SetReference(node => TargetOf(node) is { } target ? target.Coordinates[1] : null);
    }

    /// <summary>The way from the CPUs to a host bridge, by class; null where no generic port tells (<c>acpi_get_genport_coordinates</c>).</summary>
    public AccessCoordinates[]? GenericPort(uint uid) => _targets.Find(target => target.GenericPort == uid)?.PortCoordinates;

    /// <summary>How much DRAM stands before the memory of a node as an extended linear cache (<c>hmat_get_extended_linear_cache_size</c>).</summary>
    public ByteSize ExtendedLinearCache(int node)
    {
        HmatTarget? target = _targets.Find(candidate => numa.Domains.NodeOf(candidate.Domain) == node);
        return new ByteSize(target?.Caches.Find(cache => cache.AddressMode == HmatCache.ModeExtendedLinear)?.Size ?? 0);
    }

    /// <summary>The numbers of a node's CPUs; null where the table does not know the node (<c>hmat_calculate_adistance</c>).</summary>
    public AccessCoordinates? OfNode(NumaNode node)
    {
        if (!HasReference || TargetOf(node) is not { } target)
        {
            return null;
        }

        Update(target, target.Coordinates, 1);
        return target.Coordinates[1];
    }

    /// <summary>A driver that knows better; false where the table has no such node (<c>hmat_update_target_coordinates</c>).</summary>
    public bool Override(NumaNode node, int accessClass, AccessCoordinates coordinates)
    {
        if (TargetOf(node) is not { } target)
        {
            return false;
        }

        target.Coordinates[accessClass] = coordinates;
        target.IsOverridden = true;
        return true;
    }

    /// <summary>A node of the table got its first memory (<c>hmat_callback</c>).</summary>
    public void NodeGainedMemory(NumaNode node)
    {
        if (TargetOf(node) is { } target)
        {
            Register(target);
        }
    }

    private HmatTarget? TargetOf(NumaNode node) => node.Domain is { } domain ? _targets.Find(target => target.Domain == domain) : null;

    /// <summary>A domain keeps its number where one node was faked for all; it has no CPUs then.</summary>
    private bool HasCpu(uint domain) => NodeOf(domain) is { HasCpu: true };

    private NumaNode? NodeOf(uint domain) => numa.PossibleNodes.FirstOrDefault(node => node.Domain == domain && node.HasRealDomain);

    private void Take(HmatMatrix matrix)
    {
        foreach (HmatTarget target in _targets.Where(target => target.Processor is { } own && matrix.Initiators.Contains(own) && matrix.Targets.Contains(target.Domain)))
        {
            uint value = matrix.Value(target.Processor!.Value, target.Domain);
            target.Coordinates[0] = target.Coordinates[0].With(matrix.DataType, value);
            if (HasCpu(target.Processor.Value))
            {
                target.Coordinates[1] = target.Coordinates[1].With(matrix.DataType, value);
            }
        }

        foreach (byte kind in Order.Where(kind => Covers(matrix.DataType, kind)))
        {
            _matrices[kind] = matrix;
        }
    }

    private static bool Covers(byte dataType, byte kind) => dataType == kind || dataType == (kind <= CdatRecords.DataWriteLatency ? CdatRecords.DataAccessLatency : CdatRecords.DataAccessBandwidth);

    private void Register(HmatTarget target)
    {
        if (target.GenericPort is not null)
        {
            for (int access = 0; access < AccessCoordinates.Classes; access++)
            {
                Update(target, target.PortCoordinates, access);
            }

            target.IsRegistered = true;
        }

        if (target.IsRegistered || NodeOf(target.Domain) is not { IsOnline: true } node)
        {
            return;
        }

        for (int access = 0; access < AccessCoordinates.Classes; access++)
        {
            foreach (uint initiator in Update(target, target.Coordinates, access))
            {
                if (NodeOf(initiator) is { } from)
                {
                    node.AddInitiator(access, from);
                }
            }

            node.SetAccess(access, target.Coordinates[access]);
        }

        foreach (HmatCacheLevel cache in target.Caches)
        {
            if (!node.TryAddCache(cache, core.Config.Has(KernelChange.ExtendedLinearCache)))
            {
                core.Log.Warning($"node {node.Id}: a memory-side cache of level {cache.Level} is there already");
            }
        }

        target.IsRegistered = true;
    }

    /// <summary>The nearest initiators: those with the best of each number among those left; class 1 asks CPUs only (<c>hmat_update_target_attrs</c>).</summary>
    private IEnumerable<uint> Update(HmatTarget target, AccessCoordinates[] coordinates, int access)
    {
        if (target.IsOverridden)
        {
            return [];
        }

        if (target.Processor is { } own && (access == 0 || HasCpu(own)))
        {
            return [own];
        }

        List<uint> left = [.. _initiators.Where(domain => access == 0 || HasCpu(domain))];
        foreach (byte kind in Order.Where(_matrices.ContainsKey))
        {
            HmatMatrix matrix = _matrices[kind];
            uint[] known = [.. left.Select(domain => matrix.Value(domain, target.Domain)).Where(value => value > 0)];
            if (known.Length == 0)
            {
                continue;
            }

            uint best = matrix.IsLatency ? known.Min() : known.Max();
            left.RemoveAll(domain => matrix.Value(domain, target.Domain) != best);
            coordinates[access] = coordinates[access].With(matrix.DataType, best);
        }

        return left;
    }
}
