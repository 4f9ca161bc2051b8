using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>The two passes over the SRAT: CPUs and initiators in the order of the table, then memory (<c>drivers/acpi/numa/srat.c</c>, <c>arch/x86/mm/srat.c</c>).</summary>
/// <remarks>One bad record disables the table; the walk goes on, but takes nothing more.</remarks>
public sealed class SratParser(NumaTables tables, byte[] srat)
{
    /// <summary>MAX_LOCAL_APIC of x86-64.</summary>
    private const uint MaxLocalApic = 32768;

    /// <summary>The id that stands for all.</summary>
    private const uint ApicBroadcast = uint.MaxValue;

    private readonly KernelLog _log = tables.Core.Log;

    /// <summary>Up to revision 1 a domain is a byte.</summary>
    private bool HasWideDomains => srat[8] >= 2;

    private bool IsDisabled => tables.Numa.IsSratDisabled;

    public void ParseProcessors()
    {
        SubtableWalker records = Records(SratProcessorAffinity.TypeId);
        bool isDone = false;
        while (!isDone && records.MoveNext())
        {
            switch (records.Type)
            {
                case SratProcessorAffinity.TypeId:
                    ParseApic(records.Record, records.Offset);
                    break;
                case SratX2ApicAffinity.TypeId:
                    ParseX2Apic(records.Record, records.Offset);
                    break;
                case SratGenericAffinity.InitiatorTypeId:
                    isDone = !TryParseInitiator(records.Record, records.Offset);
                    break;
            }
        }
    }

    /// <summary>False where the walk itself failed, and with it everything.</summary>
    public bool TryParseMemory()
    {
        SubtableWalker records = Records(SratMemoryAffinity.TypeId);
        while (records.MoveNext())
        {
            if (records.Type == SratMemoryAffinity.TypeId && !IsDisabled)
            {
                ParseMemory(records.Record, records.Offset);
            }
        }

        return !records.IsInvalid;
    }

    private SubtableWalker Records(byte sought) =>
        new(srat, SratMemoryAffinity.FirstRecord, SubtableFormat.Common) { Log = _log, Findings = tables.Core.Findings, Sought = sought };

    private void ParseApic(ReadOnlySpan<byte> record, int offset)
    {
        if (IsDisabled)
        {
            return;
        }

        if (record[1] != SratProcessorAffinity.SpecSize || !BinaryLayout.TryRead(record, out SratProcessorAffinity cpu))
        {
            RejectLength($"a processor record of {record[1]} bytes", offset, SratProcessorAffinity.SpecSize);
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

        AddCpu(domain, cpu.ApicId, TablePlace.Of<SratProcessorAffinity>("SRAT", offset, nameof(SratProcessorAffinity.ProximityDomainLow)), offset);
    }

    private void ParseX2Apic(ReadOnlySpan<byte> record, int offset)
    {
        if (IsDisabled)
        {
            return;
        }

        if (record[1] < SratX2ApicAffinity.SpecSize || !BinaryLayout.TryRead(record, out SratX2ApicAffinity cpu))
        {
            RejectLength($"an x2APIC record of {record[1]} bytes", offset, SratX2ApicAffinity.SpecSize);
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
            ReportApicId(cpu.X2ApicId, offset);
            return;
        }

        AddCpu(cpu.ProximityDomain, cpu.X2ApicId, TablePlace.Of<SratX2ApicAffinity>("SRAT", offset, nameof(SratX2ApicAffinity.ProximityDomain)), offset);
    }

    private void LogDisabled(string what, uint domain) => _log.Debug($"ACPI: SRAT: {what} of domain {domain} is disabled");

    private void AddCpu(uint domain, uint apicId, TablePlace place, int offset)
    {
        if (tables.Domains.Map(domain) is not { } node)
        {
            RejectDomain(domain, place);
        }
        else if (apicId >= MaxLocalApic)
        {
            _log.Info($"ACPI: SRAT: PXM {domain} -> APIC 0x{apicId:x4} -> Node {node}: the id is too big; skipped");
            ReportApicId(apicId, offset);
        }
        else
        {
            tables.NodeOfApicId[apicId] = node;
            tables.Parsed.Add(node);
        }
    }

    /// <summary>Whether the walk goes on: a record that is disabled ends it, and what stands behind is lost (<c>acpi_parse_gi_affinity</c>).</summary>
    private bool TryParseInitiator(ReadOnlySpan<byte> record, int offset)
    {
        if (!BinaryLayout.TryRead(record, out SratGenericAffinity initiator) || (initiator.Flags & SratGenericAffinity.FlagEnabled) == 0)
        {
            LogDisabled("generic initiator", initiator.ProximityDomain);
            TablePlace flags = TablePlace.Of<SratGenericAffinity>("SRAT", offset, nameof(SratGenericAffinity.Flags));
            tables.Core.Findings.Report(KernelRules.SratInitiator, flags, "a generic initiator that is not enabled", flags.Value("Flags", SratGenericAffinity.FlagEnabled));
            return false;
        }

        if (tables.Domains.Map(initiator.ProximityDomain) is not { } node)
        {
            _log.Error($"ACPI: SRAT: too many proximity domains: {initiator.ProximityDomain}");
            TablePlace place = TablePlace.Of<SratGenericAffinity>("SRAT", offset, nameof(SratGenericAffinity.ProximityDomain));
            tables.Core.Findings.Report(
                KernelRules.SratInitiator, place, $"a generic initiator of domain {initiator.ProximityDomain}", place.Value("Proximity Domain", KernelConfig.MaxNodes - 1));
            return false;
        }

        tables.Parsed.Add(node);
        tables.Initiators.Add(node);
        return true;
    }

    private void ParseMemory(ReadOnlySpan<byte> record, int offset)
    {
        if (record[1] < SratMemoryAffinity.SpecSize || !BinaryLayout.TryRead(record, out SratMemoryAffinity memory))
        {
            RejectLength($"a memory record of {record[1]} bytes", offset, SratMemoryAffinity.SpecSize);
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
            RejectDomain(domain, TablePlace.Of<SratMemoryAffinity>("SRAT", offset, nameof(SratMemoryAffinity.ProximityDomain)));
            return;
        }

        if (memory.RangeLength > ulong.MaxValue - memory.Base)
        {
            TablePlace length = TablePlace.Of<SratMemoryAffinity>("SRAT", offset, nameof(SratMemoryAffinity.RangeLength));
            tables.Core.Findings.Report(
                KernelRules.SratRange, length, $"0x{memory.RangeLength:x} bytes at 0x{memory.Base:x}", length.Value("Length", ulong.MaxValue - memory.Base));
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
            tables.Numa.HotPluggable.Add(range);
        }
    }

    /// <summary>The first record of memory that holds an address; null where none does.</summary>
    public static TablePlace? PlaceOf(ReadOnlySpan<byte> srat, Hpa address)
    {
        SubtableWalker records = new(srat, SratMemoryAffinity.FirstRecord, SubtableFormat.Common);
        while (records.MoveNext())
        {
            if (records.Type == SratMemoryAffinity.TypeId
                && BinaryLayout.TryRead(records.Record, out SratMemoryAffinity memory)
                && (memory.Flags & SratMemoryAffinity.FlagEnabled) != 0
                && address.Value >= memory.Base && address.Value - memory.Base < memory.RangeLength)
            {
                return new TablePlace("SRAT", records.Offset, SratMemoryAffinity.SpecSize);
            }
        }

        return null;
    }

    private void RejectLength(string what, int offset, int needed)
    {
        TablePlace place = new("SRAT", offset + 1, 1);
        tables.RejectSrat(what);
        tables.Core.Findings.Report(KernelRules.SratRecordLength, place, what, place.Value("Length", (ulong)needed));
    }

    private void RejectDomain(uint domain, TablePlace place)
    {
        tables.RejectSrat($"too many proximity domains: {domain}");
        bool isWhole = place.Length == sizeof(uint); // a processor's domain stands in four places
        tables.Core.Findings.Report(
            KernelRules.SratDomain, place, $"the proximity domain {domain}", isWhole ? place.Value("Proximity Domain", KernelConfig.MaxNodes - 1) : null);
    }

    private void ReportApicId(uint id, int offset)
    {
        TablePlace place = TablePlace.Of<SratX2ApicAffinity>("SRAT", offset, nameof(SratX2ApicAffinity.X2ApicId));
        tables.Core.Findings.Report(KernelRules.SratApicId, place, $"the id 0x{id:x}", place.Value("x2APIC ID", MaxLocalApic - 1));
    }
}
