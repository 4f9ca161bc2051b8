using System.Numerics;
using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Each window that SRAT says nothing of gets a node of its own, numbered after the real ones (<c>acpi_parse_cfmws</c> in <c>drivers/acpi/numa/srat.c</c>).</summary>
public static class CfmwsNodes
{
    public static void Parse(NumaTables tables, MemoryHotplug memory, byte[] cedt)
    {
        uint fakeDomain = tables.Domains.FirstUnreal;
        SubtableWalker records = new(cedt, AcpiTableHeader.SpecSize, SubtableFormat.Cedt) { Log = tables.Core.Log, Findings = tables.Core.Findings, Sought = CedtCfmws.TypeId };
        while (records.MoveNext())
        {
            if (records.Type != CedtCfmws.TypeId || !BinaryLayout.TryRead(records.Record, out CedtCfmws window))
            {
                continue;
            }

            // One that is empty, or ends behind all addresses, gets a node too, and no memory.
            bool isRange = AddressRange.TryCreate(new Hpa(window.BaseHpa), new ByteSize(window.WindowSize), out AddressRange range);

            if (tables.Core.Config.Has(KernelChange.WindowsAdviseBlockSize))
            {
                Advise(tables.Core.Log, memory, window);
            }

            if (isRange && tables.Memblks.TryFill(range))
            {
                continue;
            }

            if (tables.Domains.Map(fakeDomain) is not { } node)
            {
                tables.Core.Log.Error("ACPI NUMA: no proximity domain is left for a CFMWS");
                tables.Core.Findings.Report(
                    KernelRules.NoDomainLeft, new TablePlace("CEDT", records.Offset, CedtCfmws.SpecSize), $"the window at 0x{window.BaseHpa:x}, which no range of the SRAT touches");
                return;
            }

            if (isRange)
            {
                AddBlock(tables, node, window);
            }

            tables.Parsed.Add(node);
            fakeDomain++;
        }
    }

    /// <summary>Blocks should not be larger than the windows' alignment, or capacity is lost.</summary>
    private static void Advise(KernelLog log, MemoryHotplug memory, in CedtCfmws window)
    {
        ulong edges = window.BaseHpa | unchecked(window.BaseHpa + window.WindowSize);
        ByteSize alignment = new(edges == 0 ? 0 : 1UL << BitOperations.TrailingZeroCount(edges));
        if (alignment < IdentifyMemoryDevice.CapacityUnit)
        {
            log.Error($"ACPI NUMA: [Firmware Bug]: CFMWS at 0x{window.BaseHpa:x}: base or size is not aligned to 256MB");
        }
        else if (memory.AdviseBlockSize(alignment) is var error and not Errno.Ok)
        {
            log.Warning($"ACPI NUMA: CFMWS: advice on the size of memory blocks is refused ({-(int)error})");
        }
    }

    private static void AddBlock(NumaTables tables, int node, in CedtCfmws window)
    {
        bool isAdded = tables.Core.Config.Has(KernelChange.WindowNodesAreReserved)
            ? tables.Memblks.TryAddReserved(node, window.BaseHpa, window.WindowSize)
            : tables.Memblks.TryAdd(node, window.BaseHpa, window.WindowSize);
        if (!isAdded)
        {
            tables.Core.Log.Warning($"ACPI NUMA: no room for the CFMWS range of node {node} at 0x{window.BaseHpa:x}");
        }
    }
}
