using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>Nodes from SRAT, SLIT and the windows of CEDT (<c>acpi_numa_init</c> in <c>drivers/acpi/numa/srat.c</c>, <c>arch/x86/mm/numa.c</c>).</summary>
public sealed class NumaInit(LinuxKernel kernel)
{
    private const int SratFirstRecord = 0x30;
    private static readonly int CedtFirstRecord = AcpiTableHeader.SpecSize;
    private const int SlitCountOffset = 0x24;
    private const int SlitFirstEntry = 0x2c;
    private const int LocalDistance = 10;

    /// <summary>MAX_PXM_DOMAINS and MAX_NUMNODES with NODES_SHIFT 10: the recorded kernel says NR_CPUS:8192, which is a MAXSMP build.</summary>
    private const int MaxDomains = 1024;

    private readonly Dictionary<uint, int> _nodeOfPxm = [];
    private readonly HashSet<int> _parsed = [];
    private bool _sawMemory;

    /// <summary>One bad record spoils the whole table (<c>bad_srat</c>).</summary>
    private bool _isSratBad;

    public void Run()
    {
        if (kernel.Tables.Find("SRAT") is { } srat)
        {
            ParseProcessors(srat);
            ParseMemory(srat);
        }

        ParseDistances();
        KeyValuePair<uint, int>[] real = [.. _nodeOfPxm];
        ParseWindows();
        if (!_sawMemory || _isSratBad || !NumaCheck.IsConsistent(kernel))
        {
            FakeOneNode();
        }
        else
        {
            foreach ((uint domain, int node) in real.Where(pair => _parsed.Contains(pair.Value)))
            {
                kernel.Numa.Node(node).Domain = domain;
            }
        }

        Register();
    }

    /// <summary>Null where the domain is out of range (<c>acpi_map_pxm_to_node</c>).</summary>
    private int? MapPxm(uint pxm)
    {
        if (pxm >= MaxDomains)
        {
            return null;
        }

        if (!_nodeOfPxm.TryGetValue(pxm, out int node))
        {
            node = _nodeOfPxm.Count; // the lowest node not yet taken: first come, first numbered
            _nodeOfPxm.Add(pxm, node);
        }

        return node;
    }

    private void ParseProcessors(byte[] srat)
    {
        SubtableWalker records = new(srat, SratFirstRecord, SubtableFormat.Common);
        while (!_isSratBad && records.MoveNext())
        {
            if (records.Type == SratGenericAffinity.PortTypeId)
            {
                MapGenericPort(records.Record);
                continue;
            }

            if (records.Type != SratProcessorAffinity.TypeId)
            {
                continue;
            }

            if (records.Record[1] != SratProcessorAffinity.SpecSize)
            {
                RejectSrat($"a processor record of {records.Record[1]} bytes");
            }
            else if (BinaryLayout.TryRead(records.Record, out SratProcessorAffinity cpu)
                && (cpu.Flags & SratProcessorAffinity.FlagEnabled) != 0)
            {
                uint pxm = cpu.ProximityDomainLow;
                if (srat[8] >= 2)
                {
                    pxm |= ((uint)cpu.ProximityDomain1 << 8) | ((uint)cpu.ProximityDomain2 << 16) | ((uint)cpu.ProximityDomain3 << 24);
                }

                if (MapPxm(pxm) is not { } node)
                {
                    RejectSrat($"too many proximity domains: {pxm}");
                    continue;
                }

                _parsed.Add(node);
                if (kernel.Cpus.OfApicId(cpu.ApicId) is { } known)
                {
                    kernel.Numa.Node(node).AddCpu(known);
                }
            }
        }
    }

    /// <summary>A generic port takes a node number as a CPU does, and puts nothing there (<c>acpi_parse_gp_affinity</c>).</summary>
    private void MapGenericPort(ReadOnlySpan<byte> record)
    {
        if (record[1] == SratGenericAffinity.SpecSize && BinaryLayout.TryRead(record, out SratGenericAffinity port)
            && (port.Flags & SratGenericAffinity.FlagEnabled) != 0
            && MapPxm(port.ProximityDomain) is null)
        {
            RejectSrat($"too many proximity domains: {port.ProximityDomain}");
        }
    }

    private void RejectSrat(string reason)
    {
        kernel.Log.Error($"SRAT: {reason}; SRAT not used");
        _isSratBad = true;
    }

    private void ParseMemory(byte[] srat)
    {
        SubtableWalker records = new(srat, SratFirstRecord, SubtableFormat.Common);
        while (!_isSratBad && records.MoveNext())
        {
            if (records.Type == SratMemoryAffinity.TypeId && records.Record[1] < SratMemoryAffinity.SpecSize)
            {
                RejectSrat($"a memory record of {records.Record[1]} bytes");
            }

            if (records.Type != SratMemoryAffinity.TypeId
                || _isSratBad
                || !BinaryLayout.TryRead(records.Record, out SratMemoryAffinity memory)
                || (memory.Flags & SratMemoryAffinity.FlagEnabled) == 0)
            {
                continue;
            }

            uint pxm = srat[8] >= 2 ? memory.ProximityDomain : memory.ProximityDomain & 0xff;
            if (MapPxm(pxm) is not { } node)
            {
                RejectSrat($"too many proximity domains: {pxm}");
                continue;
            }

            _parsed.Add(node);
            _sawMemory = true;
            if (AddressRange.TryCreate(new Hpa(memory.Base), new ByteSize(memory.RangeLength), out AddressRange range))
            {
                kernel.Numa.AddBlock(range, node);
                string hotplug = (memory.Flags & SratMemoryAffinity.FlagHotPluggable) != 0 ? " hotplug" : string.Empty;
                string nonVolatile = (memory.Flags & SratMemoryAffinity.FlagNonVolatile) != 0 ? " non-volatile" : string.Empty;
                kernel.Log.Info($"ACPI: SRAT: Node {node} PXM {pxm} {MemFormat.Of(range)}{hotplug}{nonVolatile}");
            }
        }

        if (records.IsInvalid)
        {
            RejectSrat("a record of length zero");
        }
    }

    private void ParseDistances()
    {
        if (kernel.Tables.Find("SLIT") is not { } slit || slit.Length < SlitFirstEntry)
        {
            return;
        }

        ulong count = BitConverter.ToUInt64(slit, SlitCountOffset);
        if (count > MaxDomains || slit.Length < SlitFirstEntry + (int)(count * count) || !IsValid(slit, (int)count))
        {
            kernel.Log.Info("ACPI: SLIT: table looks invalid, not used");
            return;
        }

        foreach ((uint from, int fromNode) in _nodeOfPxm)
        {
            foreach ((uint to, int toNode) in _nodeOfPxm)
            {
                if (from < count && to < count)
                {
                    kernel.Numa.SetDistance(fromNode, toNode, slit[SlitFirstEntry + ((int)from * (int)count) + (int)to]);
                }
            }
        }
    }

    private static bool IsValid(byte[] slit, int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                byte distance = slit[SlitFirstEntry + (i * count) + j];
                if (i == j ? distance != LocalDistance : distance <= LocalDistance)
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Each window that SRAT says nothing of gets a node of its own, numbered after the real ones.</summary>
    private void ParseWindows()
    {
        if (!_sawMemory || kernel.Tables.Find("CEDT") is not { } cedt)
        {
            return;
        }

        uint fakePxm = _nodeOfPxm.Count == 0 ? 0 : _nodeOfPxm.Keys.Max() + 1;
        SubtableWalker records = new(cedt, CedtFirstRecord, SubtableFormat.Cedt);
        while (records.MoveNext())
        {
            if (records.Type != CedtCfmws.TypeId
                || !BinaryLayout.TryRead(records.Record, out CedtCfmws window)
                || !AddressRange.TryCreate(new Hpa(window.BaseHpa), new ByteSize(window.WindowSize), out AddressRange range)
                || TryFill(range))
            {
                continue;
            }

            if (MapPxm(fakePxm++) is not { } node)
            {
                kernel.Log.Error("ACPI NUMA: no proximity domain left for a CFMWS");
                return;
            }

            _parsed.Add(node);
            kernel.Numa.AddBlock(range, node);
        }
    }

    /// <summary>Where SRAT covers part of a window, its nodes take the gaps: each gap goes to the block behind it, the tail to the last (<c>numa_fill_memblks</c>).</summary>
    private bool TryFill(AddressRange window)
    {
        List<(AddressRange Range, int Node)> blocks = [.. kernel.Numa.Blocks];
        List<int> overlapping = [.. Enumerable.Range(0, blocks.Count).Where(i => blocks[i].Range.Overlaps(window)).OrderBy(i => blocks[i].Range.Start)];
        if (overlapping.Count == 0)
        {
            return false;
        }

        ulong next = Math.Min(window.Start.Value, blocks[overlapping[0]].Range.Start.Value);
        for (int i = 0; i < overlapping.Count; i++)
        {
            (AddressRange range, int node) = blocks[overlapping[i]];
            ulong last = i == overlapping.Count - 1 ? Math.Max(window.Last.Value, range.Last.Value) : range.Last.Value;
            blocks[overlapping[i]] = (AddressRange.FromBounds(new Hpa(Math.Min(next, range.Start.Value)), new Hpa(last)), node);
            next = last == ulong.MaxValue ? last : last + 1;
        }

        kernel.Numa.ReplaceBlocks(blocks);
        return true;
    }

    /// <summary>Nothing of the tables stays: one node that has all RAM and all CPUs (<c>dummy_numa_init</c>).</summary>
    private void FakeOneNode()
    {
        Hpa end = kernel.E820.MaxAddress;
        kernel.Log.Info("No NUMA configuration found");
        kernel.Numa.Reset();
        if (end > Hpa.Zero)
        {
            kernel.Log.Info($"Faking a node at [mem 0x{0:x16}-0x{end.Value - 1:x16}]");
            kernel.Numa.AddBlock(AddressRange.FromBounds(Hpa.Zero, new Hpa(end.Value - 1)), 0);
        }

        _parsed.Clear();
        _parsed.Add(0);
        foreach (Cpu cpu in kernel.Cpus.All)
        {
            kernel.Numa.Node(0).AddCpu(cpu);
        }
    }

    /// <summary>Nodes that own boot RAM go online with their zones; the others stay possible.</summary>
    private void Register()
    {
        foreach (E820Entry entry in kernel.E820.Entries.Where(entry => entry.Type == E820Type.Ram))
        {
            kernel.Memory.AddBootMemory(entry.Range);
        }

        DealCpus();
        foreach (int id in _parsed.Order())
        {
            NumaNode node = kernel.Numa.Node(id);
            node.IsOnline = node.HasMemory || node.Cpus.Count > 0;
            kernel.Log.Info(node.HasMemory ? $"Initmem setup node {id} {kernel.Memory.BootRangeOf(node)}" : $"Initmem setup node {id} as memoryless");
        }
    }

    /// <summary>CPUs that no table places go to the nodes with memory, one after the other (<c>numa_init_array</c>).</summary>
    private void DealCpus()
    {
        NumaNode[] nodes = [.. kernel.Numa.PossibleNodes.Where(node => node.HasMemory)];
        int next = 0;
        foreach (Cpu cpu in kernel.Cpus.All)
        {
            if (cpu.Node is null && nodes.Length > 0)
            {
                nodes[next++ % nodes.Length].AddCpu(cpu);
            }
        }
    }
}
