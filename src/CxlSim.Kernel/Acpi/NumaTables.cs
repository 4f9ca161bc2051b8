namespace CxlSim.Kernel;

/// <summary>What the passes over SRAT, SLIT and CEDT share while nodes are made (<c>drivers/acpi/numa/srat.c</c>).</summary>
public sealed class NumaTables(KernelCore core, Numa numa)
{
    public KernelCore Core => core;

    public Numa Numa => numa;

    public ProximityDomains Domains => numa.Domains;

    public NumaMemblks Memblks => numa.Memblks;

    /// <summary>Nodes that a record of a table stands behind (numa_nodes_parsed).</summary>
    public SortedSet<int> Parsed { get; } = [];

    /// <summary>Nodes of generic initiators.</summary>
    public SortedSet<int> Initiators { get; } = [];

    public Dictionary<uint, int> NodeOfApicId { get; } = [];

    /// <summary>Memory records that were accepted.</summary>
    public int MemoryRecords { get; set; }

    public void RejectSrat(string reason)
    {
        core.Log.Error($"ACPI: SRAT: {reason}");
        core.Log.Error("ACPI: SRAT is not used");
        numa.IsSratDisabled = true;
    }
}
