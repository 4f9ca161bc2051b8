using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>From firmware's tables to nodes, or to the one node that is faked where they do not fit (<c>arch/x86/mm/numa.c</c>, <c>drivers/acpi/numa/srat.c</c>).</summary>
public sealed class NumaInit(LinuxKernel kernel)
{
    private readonly NumaEmulation _emulation = new(kernel);
    private NumaTables _tables = new(kernel);

    /// <summary>Before CMA areas are chosen: nodes that own boot RAM are online then, and only those (<c>x86_numa_init</c>).</summary>
    public void Run()
    {
        AddressRange[] ram = [.. kernel.E820.Entries.Where(entry => entry.Type == E820Type.Ram).Select(entry => entry.Range)];
        if (!TryTables(ram))
        {
            FakeOneNode(ram);
        }

        kernel.Numa.SetPossible(_tables.Parsed.Concat(kernel.Numa.Memblks.Memory.Select(block => block.Node)));
        MarkDomains();
        MovableZone.Plan(kernel.Core, kernel.Numa, ram);
        foreach (AddressRange range in ram)
        {
            kernel.Memory.AddBootMemory(range);
        }

        foreach (NumaNode node in kernel.Numa.PossibleNodes)
        {
            node.IsOnline = node.HasMemory;
        }
    }

    /// <summary>After CMA: nodes of CPUs and initiators come online without memory (<c>init_cpu_to_node</c>, <c>init_gi_nodes</c>).</summary>
    public void OnlineOthers()
    {
        DealCpus();
        foreach (Cpu cpu in kernel.Cpus.All)
        {
            if (_tables.NodeOfApicId.TryGetValue((uint)cpu.ApicId, out int node))
            {
                kernel.Numa.Node(node).AddCpu(cpu);
                kernel.Numa.Node(node).IsOnline = true;
            }
        }

        _emulation.ShareCpus();
        foreach (int node in _tables.Initiators)
        {
            kernel.Numa.Node(node).IsGenericInitiator = true;
            kernel.Numa.Node(node).IsOnline = true;
        }

        foreach (NumaNode node in kernel.Numa.PossibleNodes)
        {
            kernel.Log.Info(node.HasMemory ? $"Initmem setup node {node.Id} {kernel.Memory.BootRangeOf(node)}" : $"Initmem setup node {node.Id} as memoryless");
        }
    }

    private bool TryTables(AddressRange[] ram)
    {
        if (kernel.CommandLine.HasOption("numa", "off") || kernel.Tables.AreOff)
        {
            return false;
        }

        kernel.Numa.IsSratDisabled = kernel.CommandLine.HasOption("numa", "noacpi");
        bool isWalkValid = true;
        if (kernel.Tables.Find("SRAT") is { } bytes)
        {
            SratParser srat = new(_tables, bytes);
            srat.ParseProcessors();
            isWalkValid = srat.TryParseMemory();
            if (isWalkValid && _tables.MemoryRecords == 0 && !kernel.Numa.IsSratDisabled)
            {
                kernel.Findings.Report(KernelRules.SratWithoutMemory, new TablePlace("SRAT", 0, bytes.Length), "no memory that is enabled");
            }
        }

        kernel.Numa.Domains.EndReal();
        if (kernel.Tables.Find("SLIT") is { } slit)
        {
            SlitParser.Parse(_tables, slit);
        }

        if (kernel.Tables.Find("CEDT") is { } cedt && (!kernel.Config.Has(KernelChange.WindowNodesNeedCxlAcpi) || kernel.Config.IsEnabled("CXL_ACPI")))
        {
            CfmwsNodes.Parse(_tables, cedt);
        }

        return isWalkValid && _tables.MemoryRecords > 0 && !kernel.Numa.IsSratDisabled && FitsRam(ram);
    }

    private bool FitsRam(AddressRange[] ram)
    {
        NumaMemblks memblks = kernel.Numa.Memblks;
        if (!memblks.TryCleanUp(ram))
        {
            AddressRange both = memblks.Conflict!.Value;
            FindingPlace place = SratParser.PlaceOf(kernel.Tables.Find("SRAT"), both.Start) is { } record ? record : new AddressPlace(both);
            kernel.Findings.Report(KernelRules.NodesOverlap, place, $"{both} in two domains");
            return false;
        }

        _emulation.Run(_tables, ram);
        if (!memblks.CoversMemory(ram))
        {
            kernel.Findings.Report(KernelRules.RamWithoutNode, new AddressPlace(memblks.Uncovered(ram)), $"RAM at {memblks.Uncovered(ram)} that the SRAT does not cover");
            return false;
        }

        return true;
    }

    /// <summary>Nothing of the tables stays: one node that has all RAM and all CPUs (<c>dummy_numa_init</c>).</summary>
    private void FakeOneNode(AddressRange[] ram)
    {
        kernel.Log.Info(kernel.CommandLine.HasOption("numa", "off") ? "NUMA is turned off" : "No NUMA configuration found");
        kernel.Numa.Reset();
        _tables = new NumaTables(kernel) { Parsed = { 0 } };
        Hpa end = kernel.E820.MaxAddress;
        if (end > Hpa.Zero)
        {
            kernel.Log.Info($"Faking a node at [mem 0x{0:x16}-0x{end.Value - 1:x16}]");
            kernel.Numa.Memblks.TryAdd(0, 0, end.Value);
        }

        kernel.Numa.Memblks.TryCleanUp(ram);
        _emulation.Run(_tables, ram);
    }

    private void MarkDomains()
    {
        foreach ((uint domain, int node) in kernel.Numa.Domains.Mapped)
        {
            kernel.Numa.Node(node).Domain = domain;
            kernel.Numa.Node(node).HasRealDomain = domain < kernel.Numa.Domains.FirstUnreal;
        }
    }

    /// <summary>Each CPU of the machine is given to the next node with memory, before it is known whether a table places it (<c>numa_init_array</c>).</summary>
    private void DealCpus()
    {
        NumaNode[] nodes = [.. kernel.Numa.OnlineNodes];
        for (int i = 0; i < kernel.Cpus.All.Count && nodes.Length > 0; i++)
        {
            nodes[i % nodes.Length].AddCpu(kernel.Cpus.All[i]);
        }
    }
}
