using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>The two passes over the SRAT: CPUs and initiators in the order of the table, then memory (<c>drivers/acpi/numa/srat.c</c>, <c>arch/x86/mm/srat.c</c>).</summary>
/// <remarks>One bad record disables the table; the walk goes on, but takes nothing more.</remarks>
public sealed class SratParser(NumaTables tables, byte[] srat)
{
    private const int FirstRecord = 0x30;

    /// <summary>MAX_LOCAL_APIC of x86-64.</summary>
    private const uint MaxLocalApic = 32768;

    /// <summary>The id that stands for all.</summary>
    private const uint ApicBroadcast = uint.MaxValue;

    private readonly KernelLog _log = tables.Kernel.Log;

    /// <summary>Up to revision 1 a domain is a byte.</summary>
    private bool HasWideDomains => srat[8] >= 2;

    private bool IsDisabled => tables.Kernel.Numa.IsSratDisabled;

    public void ParseProcessors()
    {
        SubtableWalker records = Records();
        bool isDone = false;
        while (!isDone && records.MoveNext())
        {
            switch (records.Type)
            {
                case SratProcessorAffinity.TypeId:
                    ParseApic(records.Record);
                    break;
                case SratX2ApicAffinity.TypeId:
                    ParseX2Apic(records.Record);
                    break;
                case SratGenericAffinity.InitiatorTypeId:
                    isDone = !TryParseInitiator(records.Record);
                    break;
            }
        }
    }

    /// <summary>False where the walk itself failed, and with it everything.</summary>
    public bool TryParseMemory()
    {
        SubtableWalker records = Records();
        while (records.MoveNext())
        {
            if (records.Type == SratMemoryAffinity.TypeId && !IsDisabled)
            {
                ParseMemory(records.Record);
            }
        }

        return !records.IsInvalid;
    }

    private SubtableWalker Records() => new(srat, FirstRecord, SubtableFormat.Common) { Log = _log };

    private void ParseApic(ReadOnlySpan<byte> record)
    {
        if (IsDisabled)
        {
            return;
        }

        if (record[1] != SratProcessorAffinity.SpecSize || !BinaryLayout.TryRead(record, out SratProcessorAffinity cpu))
        {
            tables.RejectSrat($"a processor record of {record[1]} bytes");
            return;
        }

        uint domain = cpu.ProximityDomainLow;
        if (HasWideDomains)
        {
            domain |= ((uint)cpu.ProximityDomain1 << 8) | ((uint)cpu.ProximityDomain2 << 16) | ((uint)cpu.ProximityDomain3 << 24);
        }

        if ((cpu.Flags & SratProcessorAffinity.FlagEnabled) == 0)
        {
            LogDisabled("processor", domain);
            return;
        }

        AddCpu(domain, cpu.ApicId);
    }

    private void ParseX2Apic(ReadOnlySpan<byte> record)
    {
        if (IsDisabled)
        {
            return;
        }

        if (record[1] < SratX2ApicAffinity.SpecSize || !BinaryLayout.TryRead(record, out SratX2ApicAffinity cpu))
        {
            tables.RejectSrat($"an x2APIC record of {record[1]} bytes");
            return;
        }

        if ((cpu.Flags & SratX2ApicAffinity.FlagEnabled) == 0)
        {
            LogDisabled("processor", cpu.ProximityDomain);
            return;
        }

        if (cpu.X2ApicId == ApicBroadcast)
        {
            _log.Info($"ACPI: SRAT: PXM {cpu.ProximityDomain}: APIC 0x{cpu.X2ApicId:x} is no CPU; ignored");
            return;
        }

        AddCpu(cpu.ProximityDomain, cpu.X2ApicId);
    }

    private void LogDisabled(string what, uint domain) => _log.Debug($"ACPI: SRAT: {what} of domain {domain} is disabled");

    private void AddCpu(uint domain, uint apicId)
    {
        if (tables.Domains.Map(domain) is not { } node)
        {
            tables.RejectSrat($"too many proximity domains: {domain}");
        }
        else if (apicId >= MaxLocalApic)
        {
            _log.Info($"ACPI: SRAT: PXM {domain} -> APIC 0x{apicId:x4} -> Node {node}: the id is too big; skipped");
        }
        else
        {
            tables.NodeOfApicId[apicId] = node;
            tables.Parsed.Add(node);
        }
    }

    /// <summary>Whether the walk goes on: a record that is disabled ends it, and what stands behind is lost (<c>acpi_parse_gi_affinity</c>).</summary>
    private bool TryParseInitiator(ReadOnlySpan<byte> record)
    {
        if (!BinaryLayout.TryRead(record, out SratGenericAffinity initiator) || (initiator.Flags & SratGenericAffinity.FlagEnabled) == 0)
        {
            LogDisabled("generic initiator", initiator.ProximityDomain);
            return false;
        }

        if (tables.Domains.Map(initiator.ProximityDomain) is not { } node)
        {
            _log.Error($"ACPI: SRAT: too many proximity domains: {initiator.ProximityDomain}");
            return false;
        }

        tables.Parsed.Add(node);
        tables.Initiators.Add(node);
        return true;
    }

    private void ParseMemory(ReadOnlySpan<byte> record)
    {
        if (record[1] < SratMemoryAffinity.SpecSize || !BinaryLayout.TryRead(record, out SratMemoryAffinity memory))
        {
            tables.RejectSrat($"a memory record of {record[1]} bytes");
            return;
        }

        if ((memory.Flags & SratMemoryAffinity.FlagEnabled) == 0)
        {
            LogDisabled("memory", memory.ProximityDomain);
            return;
        }

        uint domain = HasWideDomains ? memory.ProximityDomain : memory.ProximityDomain & 0xff;
        if (tables.Domains.Map(domain) is not { } node)
        {
            tables.RejectSrat($"too many proximity domains: {domain}");
            return;
        }

        if (!tables.Memblks.TryAdd(node, memory.Base, memory.RangeLength))
        {
            tables.RejectSrat($"no room for a range of node {node}");
            return;
        }

        tables.Parsed.Add(node);
        tables.MemoryRecords++;
        ulong last = unchecked(memory.Base + memory.RangeLength - 1);
        bool isHotPluggable = (memory.Flags & SratMemoryAffinity.FlagHotPluggable) != 0;
        string nonVolatile = (memory.Flags & SratMemoryAffinity.FlagNonVolatile) != 0 ? " non-volatile" : string.Empty;
        _log.Info($"ACPI: SRAT: Node {node} PXM {domain} [mem 0x{memory.Base:x8}-0x{last:x8}]{(isHotPluggable ? " hotplug" : string.Empty)}{nonVolatile}");
        if (isHotPluggable && AddressRange.TryCreate(new Hpa(memory.Base), new ByteSize(memory.RangeLength), out AddressRange range))
        {
            tables.Kernel.Numa.HotPluggable.Add(range);
        }
    }
}
