using CxlSim.Core;
using CxlSim.Spec.Acpi;

namespace CxlSim.Kernel;

/// <summary>The passes over SRAT and HMAT: targets, then domains, numbers and caches; one bad record spoils the whole HMAT (<c>drivers/acpi/numa/hmat.c</c>).</summary>
public sealed class HmatParser(KernelCore core, Numa numa, List<HmatTarget> targets)
{
    private static readonly string[] DataTypes = ["Access Latency", "Read Latency", "Write Latency", "Access Bandwidth", "Read Bandwidth", "Write Bandwidth"];

    /// <summary>Domains that numbers are given for, as initiators.</summary>
    public SortedSet<uint> Initiators { get; } = [];

    /// <summary>All records of numbers, in the order of the table.</summary>
    public List<HmatMatrix> Matrices { get; } = [];

    /// <summary>Memory and generic ports of the SRAT. False where its records cannot be walked.</summary>
    public bool TryAddTargets(byte[] srat)
    {
        SubtableWalker records = new(srat, SratMemoryAffinity.FirstRecord, SubtableFormat.Common);
        while (records.MoveNext())
        {
            if (records.Type == SratMemoryAffinity.TypeId
                && BinaryLayout.TryRead(records.Record, out SratMemoryAffinity memory)
                && (memory.Flags & SratMemoryAffinity.FlagEnabled) != 0)
            {
                AddMemory(memory, records.Offset);
            }
        }

        if (records.IsInvalid)
        {
            return false;
        }

        records = new SubtableWalker(srat, SratMemoryAffinity.FirstRecord, SubtableFormat.Common);
        while (records.MoveNext())
        {
            if (records.Type == SratGenericAffinity.PortTypeId
                && BinaryLayout.TryRead(records.Record, out SratGenericAffinity port)
                && (port.Flags & SratGenericAffinity.FlagEnabled) != 0
                && port.HandleType == SratGenericAffinity.HandleAcpi)
            {
                TargetOf(port.ProximityDomain).GenericPort = port.Uid;
            }
        }

        return true;
    }

    public bool TryParse(byte[] hmat)
    {
        if (hmat[8] is not (1 or 2))
        {
            core.Log.Notice($"acpi/hmat: Ignoring: Unknown revision:{hmat[8]}");
            TablePlace revision = new("HMAT", 8, 1);
            core.Findings.Report(KernelRules.HmatRevision, revision, $"revision {hmat[8]}", revision.Value("Revision", hmat[8] < 1 ? 1u : 2u));
            return false;
        }

        if (TryWalk(hmat, HmatProximity.TypeId) && TryWalk(hmat, HmatLocality.TypeId) && TryWalk(hmat, HmatCache.TypeId))
        {
            return true;
        }

        core.Log.Notice("acpi/hmat: Ignoring: Invalid table");
        return false;
    }

    private HmatTarget TargetOf(uint domain)
    {
        HmatTarget? target = targets.Find(target => target.Domain == domain);
        if (target is null)
        {
            target = new HmatTarget(domain);
            targets.Add(target);
        }

        return target;
    }

    private void AddMemory(in SratMemoryAffinity memory, int offset)
    {
        HmatTarget target = TargetOf(memory.ProximityDomain);
        if (AddressRange.TryCreate(new Hpa(memory.Base), new ByteSize(memory.RangeLength), out AddressRange range) && !target.Ranges.Exists(range.Overlaps))
        {
            target.Ranges.Add(range);
        }
        else
        {
            core.Log.Warning($"acpi/hmat: range at 0x{memory.Base:x} of 0x{memory.RangeLength:x} bytes of domain {memory.ProximityDomain} is not recorded");
            core.Findings.Report(
                KernelRules.HmatRange, new TablePlace("SRAT", offset, SratMemoryAffinity.SpecSize), $"0x{memory.RangeLength:x} bytes at 0x{memory.Base:x} of domain {memory.ProximityDomain}, which has them already");
        }
    }

    private bool TryWalk(byte[] hmat, ushort type)
    {
        SubtableWalker records = new(hmat, HmatProximity.FirstRecord, SubtableFormat.Hmat) { Log = core.Log, Findings = core.Findings, Sought = type };
        while (records.MoveNext())
        {
            bool isFine = records.Type != type || type switch
            {
                HmatProximity.TypeId => TryParseDomain(records.Record, records.Offset, hmat[8]),
                HmatLocality.TypeId => TryParseLocality(records.Record, records.Offset, hmat[8]),
                _ => TryParseCache(records.Record, records.Offset),
            };
            if (!isFine)
            {
                return false;
            }
        }

        return !records.IsInvalid;
    }

    private bool TryParseDomain(ReadOnlySpan<byte> record, int offset, byte revision)
    {
        if (!BinaryLayout.TryRead(record, out HmatProximity entry) || entry.Length != HmatProximity.SpecSize)
        {
            return WrongLength("domain", length => $"Unexpected address range header length: {length}", record, offset, (ulong)HmatProximity.SpecSize);
        }

        string range = revision == 1 ? $"(0x{entry.Reserved3:x} length 0x{entry.Reserved4:x}) " : string.Empty;
        core.Log.Info($"acpi/hmat: Memory {range}Flags:{entry.Flags:x4} Processor Domain:{entry.Initiator} Memory Domain:{entry.Memory}");
        bool isMemoryValid = revision > 1 || (entry.Flags & HmatProximity.FlagMemoryValid) != 0;
        HmatTarget? target = isMemoryValid ? targets.Find(target => target.Domain == entry.Memory) : null;
        if (isMemoryValid && target is null)
        {
            core.Log.Debug("acpi/hmat: Memory Domain missing from SRAT");
            TablePlace memory = TablePlace.Of<HmatProximity>("HMAT", offset, nameof(HmatProximity.Memory));
            ReportDomain(memory, "Memory Proximity Domain", entry.Memory, targets.Where(known => known.GenericPort is null).Select(known => known.Domain));
            return false;
        }

        if (target is not null && (entry.Flags & HmatProximity.FlagInitiatorValid) != 0)
        {
            if (numa.Domains.NodeOf(entry.Initiator) is null)
            {
                core.Log.Debug($"acpi/hmat: processor domain {entry.Initiator} has no node");
                TablePlace initiator = TablePlace.Of<HmatProximity>("HMAT", offset, nameof(HmatProximity.Initiator));
                ReportDomain(initiator, "Initiator Proximity Domain", entry.Initiator, numa.Domains.Mapped.Select(known => known.Domain).Where(known => known < numa.Domains.FirstUnreal));
                return false;
            }

            target.Processor = entry.Initiator;
        }

        return true;
    }

    private bool TryParseLocality(ReadOnlySpan<byte> record, int offset, byte revision)
    {
        if (HmatMatrix.TryRead(record, revision) is not { } matrix)
        {
            return WrongLength("locality", length => $"a locality record cannot be of {length} bytes", record, offset, HmatMatrix.NeededLength(record));
        }

        string kind = matrix.DataType < DataTypes.Length ? DataTypes[matrix.DataType] : "Reserved";
        string unit = matrix.DataType >= DataTypes.Length ? string.Empty : matrix.IsLatency ? " nsec" : " MB/s";
        core.Log.Info(
            $"acpi/hmat: Locality: Flags:{matrix.Flags:x2} Type:{kind} Initiator Domains:{matrix.Initiators.Count} Target Domains:{matrix.Targets.Count} Base:{matrix.Unit}");
        foreach (uint initiator in matrix.Initiators)
        {
            foreach (uint target in matrix.Targets)
            {
                core.Log.Info($"acpi/hmat:   Initiator-Target[{initiator}-{target}]:{matrix.Value(initiator, target)}{unit}");
            }
        }

        Initiators.UnionWith(matrix.Initiators);
        Matrices.Add(matrix);
        return true;
    }

    private bool TryParseCache(ReadOnlySpan<byte> record, int offset)
    {
        if (!BinaryLayout.TryRead(record, out HmatCache cache) || cache.Length < HmatCache.SpecSize)
        {
            return WrongLength("cache", length => $"a cache record cannot be of {length} bytes", record, offset, (ulong)HmatCache.SpecSize);
        }

        core.Log.Info($"acpi/hmat: cache of domain {cache.MemoryDomain}: {cache.CacheSize} bytes, attributes {cache.Attributes:x8}, {cache.SmbiosHandles} SMBIOS handles");
        targets.Find(target => target.Domain == cache.MemoryDomain)?.Caches.Add(HmatCacheLevel.Of(cache));
        return true;
    }

    /// <summary>The nearest domain that is known.</summary>
    private void ReportDomain(TablePlace place, string field, uint domain, IEnumerable<uint> known)
    {
        uint[] near = [.. known.OrderBy(other => Math.Max(other, domain) - Math.Min(other, domain)).Take(1)];
        core.Findings.Report(KernelRules.HmatDomain, place, $"domain {domain}", near.Length == 0 ? null : place.Value(field, near[0]));
    }

    private bool WrongLength(string what, Func<uint, string> said, ReadOnlySpan<byte> record, int offset, ulong? needed)
    {
        uint length = record.Length >= 8 ? BitConverter.ToUInt32(record[4..]) : 0;
        core.Log.Notice($"acpi/hmat: {said(length)}");
        TablePlace place = new("HMAT", offset + 4, sizeof(uint));
        bool isThere = needed <= (ulong)record.Length && needed <= uint.MaxValue;
        core.Findings.Report(KernelRules.HmatRecordLength, place, $"a {what} record of {length} bytes", isThere ? place.Value("Length", needed!.Value) : null);
        return false;
    }
}
