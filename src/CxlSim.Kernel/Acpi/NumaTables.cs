namespace CxlSim.Kernel;

/// <summary>What the passes over SRAT, SLIT and CEDT share while nodes are made (<c>drivers/acpi/numa/srat.c</c>).</summary>
public sealed class NumaTables(LinuxKernel kernel)
{
    public LinuxKernel Kernel => kernel;

    public ProximityDomains Domains => kernel.Numa.Domains;

    public NumaMemblks Memblks => kernel.Numa.Memblks;

    /// <summary>Nodes that a record of a table stands behind (numa_nodes_parsed).</summary>
    public SortedSet<int> Parsed { get; } = [];

    /// <summary>Nodes of generic initiators.</summary>
    public SortedSet<int> Initiators { get; } = [];

    public Dictionary<uint, int> NodeOfApicId { get; } = [];

    /// <summary>Memory records that were accepted.</summary>
    public int MemoryRecords { get; set; }

    public void RejectSrat(string reason)
    {
        kernel.Log.Error($"ACPI: SRAT: {reason}");
        kernel.Log.Error("ACPI: SRAT is not used");
        kernel.Numa.IsSratDisabled = true;
    }
}
