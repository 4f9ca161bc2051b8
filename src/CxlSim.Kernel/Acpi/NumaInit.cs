using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>From firmware's tables to nodes, or to the one node that is faked where they do not fit (<c>arch/x86/mm/numa.c</c>, <c>drivers/acpi/numa/srat.c</c>).</summary>
public sealed class NumaInit(KernelCore core, E820Table e820, AcpiTables tables, Numa numa, MemoryHotplug memory)
{
    private readonly NumaEmulation _emulation = new(core, e820, numa);
    private NumaTables _tables = new(core, numa);

    /// <summary>Before CMA areas are chosen: nodes that own boot RAM are online then, and only those (<c>x86_numa_init</c>).</summary>
    public void Run()
    {
        AddressRange[] ram = [.. e820.Entries.Where(entry => entry.Type == E820Type.Ram).Select(entry => entry.Range)];
        if (!TryTables(ram))
        {
            FakeOneNode(ram);
        }

        numa.SetPossible(_tables.Parsed.Concat(numa.Memblks.Memory.Select(block => block.Node)));
        MarkDomains();
        MovableZone.Plan(core, numa, ram);
        foreach (AddressRange range in ram)
        {
            memory.AddBootMemory(range);
        }

        foreach (NumaNode node in numa.PossibleNodes)
        {
            node.IsOnline = node.HasMemory;
        }
    }

    /// <summary>After CMA: nodes of CPUs and initiators come online without memory (<c>init_cpu_to_node</c>, <c>init_gi_nodes</c>).</summary>
    public void OnlineOthers()
    {
        DealCpus();
        foreach (Cpu cpu in numa.Cpus.All)
        {
            if (_tables.NodeOfApicId.TryGetValue((uint)cpu.ApicId, out int node))
            {
                numa.Node(node).AddCpu(cpu);
                numa.Node(node).IsOnline = true;
            }
        }

        _emulation.ShareCpus();
        foreach (int node in _tables.Initiators)
        {
            numa.Node(node).IsGenericInitiator = true;
            numa.Node(node).IsOnline = true;
        }

        foreach (NumaNode node in numa.PossibleNodes)
        {
            core.Log.Info(node.HasMemory ? $"Initmem setup node {node.Id} {memory.BootRangeOf(node)}" : $"Initmem setup node {node.Id} as memoryless");
        }
    }

    private bool TryTables(AddressRange[] ram)
    {
        if (core.CommandLine.HasOption("numa", "off") || tables.AreOff)
        {
            return false;
        }

        numa.IsSratDisabled = core.CommandLine.HasOption("numa", "noacpi");
        bool isWalkValid = true;
        if (tables.Find("SRAT") is { } bytes)
        {
            SratParser srat = new(_tables, bytes);
            srat.ParseProcessors();
            isWalkValid = srat.TryParseMemory();
            if (isWalkValid && _tables.MemoryRecords == 0 && !numa.IsSratDisabled)
            {
                core.Findings.Report(KernelRules.SratWithoutMemory, new TablePlace("SRAT", 0, bytes.Length), "no memory that is enabled");
            }
        }

        numa.Domains.EndReal();
        if (tables.Find("SLIT") is { } slit)
        {
            SlitParser.Parse(_tables, slit);
        }

        if (tables.Find("CEDT") is { } cedt && (!core.Config.Has(KernelChange.WindowNodesNeedCxlAcpi) || core.Config.IsEnabled("CXL_ACPI")))
        {
            CfmwsNodes.Parse(_tables, memory, cedt);
        }

        return isWalkValid && _tables.MemoryRecords > 0 && !numa.IsSratDisabled && FitsRam(ram);
    }

    private bool FitsRam(AddressRange[] ram)
    {
        NumaMemblks memblks = numa.Memblks;
        if (!memblks.TryCleanUp(ram))
        {
            AddressRange both = memblks.Conflict!.Value;
            FindingPlace place = SratParser.PlaceOf(tables.Find("SRAT"), both.Start) is { } record ? record : new AddressPlace(both);
            core.Findings.Report(KernelRules.NodesOverlap, place, $"{both} in two domains");
            return false;
        }

        _emulation.Run(_tables, ram);
        if (!memblks.CoversMemory(ram))
        {
            core.Findings.Report(KernelRules.RamWithoutNode, new AddressPlace(memblks.Uncovered(ram)), $"RAM at {memblks.Uncovered(ram)} that the SRAT does not cover");
            return false;
        }

        return true;
    }

    /// <summary>Nothing of the tables stays: one node that has all RAM and all CPUs (<c>dummy_numa_init</c>).</summary>
    private void FakeOneNode(AddressRange[] ram)
    {
        core.Log.Info(core.CommandLine.HasOption("numa", "off") ? "NUMA is turned off" : "No NUMA configuration found");
        numa.Reset();
        _tables = new NumaTables(core, numa) { Parsed = { 0 } };
        Hpa end = e820.MaxAddress;
        if (end > Hpa.Zero)
        {
            core.Log.Info($"Faking a node at [mem 0x{0:x16}-0x{end.Value - 1:x16}]");
            numa.Memblks.TryAdd(0, 0, end.Value);
        }

        numa.Memblks.TryCleanUp(ram);
        _emulation.Run(_tables, ram);
    }

    private void MarkDomains()
    {
        foreach ((uint domain, int node) in numa.Domains.Mapped)
        {
            numa.Node(node).Domain = domain;
            numa.Node(node).HasRealDomain = domain < numa.Domains.FirstUnreal;
        }
    }

    /// <summary>Each CPU of the machine is given to the next node with memory, before it is known whether a table places it (<c>numa_init_array</c>).</summary>
    private void DealCpus()
    {
        NumaNode[] nodes = [.. numa.OnlineNodes];
        for (int i = 0; i < numa.Cpus.All.Count && nodes.Length > 0; i++)
        {
            nodes[i % nodes.Length].AddCpu(numa.Cpus.All[i]);
        }
    }
}
