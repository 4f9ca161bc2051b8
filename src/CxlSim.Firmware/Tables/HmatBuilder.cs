using System.Numerics;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Firmware;

/// <summary>Heterogeneous Memory Attribute Table: latency and bandwidth between proximity domains (ACPI 6.5 5.2.27).</summary>
public static class HmatBuilder
{
    private const byte Revision = 2;

    private const string BesideCpus = "memory beside CPUs of its own domain";
    private const string FromEntries = "the entries of the list";

    /// <summary>The kinds of record in the order of their numbers; HMAT and CDAT number them alike.</summary>
    private static readonly HmatKind[] Kinds =
    [
        new(CdatRecords.DataAccessLatency, HmatLocality.PicosecondsPerNanosecond, "latency", entry => entry.LatencyNs),
        new(CdatRecords.DataReadLatency, HmatLocality.PicosecondsPerNanosecond, "read_latency", entry => entry.ReadLatencyNs),
        new(CdatRecords.DataWriteLatency, HmatLocality.PicosecondsPerNanosecond, "write_latency", entry => entry.WriteLatencyNs),
        new(CdatRecords.DataAccessBandwidth, 1, "bandwidth", entry => entry.BandwidthMBs),
        new(CdatRecords.DataReadBandwidth, 1, "read_bandwidth", entry => entry.ReadBandwidthMBs),
        new(CdatRecords.DataWriteBandwidth, 1, "write_bandwidth", entry => entry.WriteBandwidthMBs),
    ];

    private static readonly FieldOrigin[] DomainFields =
    [
        new(nameof(HmatProximity.Flags), "initiator", BesideCpus),
        new(nameof(HmatProximity.Initiator), "initiator", BesideCpus),
        new(nameof(HmatProximity.Memory), "memory", BesideCpus),
    ];

    private static readonly FieldOrigin[] LocalityFields =
    [
        new(nameof(HmatLocality.Flags), "hierarchy", "memory"),
        new(nameof(HmatLocality.DataType), "data_type", "the kinds that are said"),
        new(nameof(HmatLocality.MinimumTransfer), "minimum_transfer", "0"),
        new(nameof(HmatLocality.Initiators), "initiators", FromEntries),
        new(nameof(HmatLocality.Targets), "targets", FromEntries),
        new(nameof(HmatLocality.BaseUnit), "base_unit", "the largest that all values are multiples of"),
    ];

    public static BuiltTable Build(PlatformDescription platform)
    {
        IReadOnlyList<HmatEntryDescription> entries = platform.Memory.Hmat;
        AcpiTable table = new("HMAT", Revision, platform);
        table.Body.U32(0);
        if (platform.Memory.HmatRecords.Count == 0)
        {
            AppendDomains(table, platform.Memory.Srat ?? []);
        }

        foreach (HmatRecordDescription record in platform.Memory.HmatRecords)
        {
            HmatRecords.Append(table, record);
        }

        uint[] initiators = [.. entries.Select(entry => entry.Initiator).Distinct().Order()];
        uint[] targets = [.. entries.Select(entry => entry.Target).Distinct().Order()];
        foreach (HmatKind kind in Kinds)
        {
            if (entries.Any(entry => kind.Value(entry) is not null))
            {
                AppendLocality(table, kind, initiators, targets, entries);
            }
        }

        return table.Finish();
    }

    /// <summary>Memory beside CPUs of its own domain belongs to them.</summary>
    private static void AppendDomains(AcpiTable table, IReadOnlyList<SratEntryDescription> srat)
    {
        HashSet<uint> withCpus = [.. srat.OfType<SratCpuDescription>().Select(cpu => cpu.ProximityDomain)];
        foreach (SratMemoryDescription memory in srat.OfType<SratMemoryDescription>().Where(memory => withCpus.Contains(memory.ProximityDomain)).DistinctBy(memory => memory.ProximityDomain))
        {
            HmatProximity record = new()
            {
                Type = HmatProximity.TypeId,
                Length = (uint)HmatProximity.SpecSize,
                Flags = HmatProximity.FlagInitiatorValid,
                Initiator = memory.ProximityDomain,
                Memory = memory.ProximityDomain,
            };
            table.Append(record, memory, BesideCpus, DomainFields);
        }
    }

    private static void AppendLocality(AcpiTable table, HmatKind kind, uint[] initiators, uint[] targets, IReadOnlyList<HmatEntryDescription> entries)
    {
        (HmatEntryDescription? Entry, uint Value)[] cells = [.. initiators.SelectMany(from => targets.Select(to => Cell(from, to)))];
        uint scale = Scale([.. cells.Select(cell => cell.Value)]);
        HmatLocality record = new()
        {
            Type = HmatLocality.TypeId,
            Length = (uint)(HmatLocality.SpecSize + (4 * (initiators.Length + targets.Length)) + (2 * cells.Length)),
            DataType = kind.DataType,
            Initiators = (uint)initiators.Length,
            Targets = (uint)targets.Length,
            BaseUnit = kind.Unit * scale,
        };
        IEnumerable<ListItem> list =
        [
            .. initiators.Select(domain => new ListItem(BitConverter.GetBytes(domain), entries.First(entry => entry.Initiator == domain), "initiator", null, FromEntries)),
            .. targets.Select(domain => new ListItem(BitConverter.GetBytes(domain), entries.First(entry => entry.Target == domain), "target", null, FromEntries)),
            .. cells.Select(cell => new ListItem(BitConverter.GetBytes((ushort)(cell.Value / scale)), cell.Entry, kind.Key, null, "0 where nothing is said")),
        ];
        table.Append(record, entries[0], FromEntries, LocalityFields, list);

        (HmatEntryDescription? Entry, uint Value) Cell(uint from, uint to) =>
            entries.LastOrDefault(entry => entry.Initiator == from && entry.Target == to && kind.Value(entry) is not null) is { } found ? (found, kind.Value(found)!.Value) : (null, 0);
    }

    /// <summary>The largest unit that all values are multiples of; where that leaves too much for two bytes, a coarser one.</summary>
    private static uint Scale(uint[] values)
    {
        uint scale = Math.Max(1, values.Aggregate(0u, (divisor, value) => (uint)BigInteger.GreatestCommonDivisor(divisor, value)));
        uint smallest = (values.Max() / HmatLocality.NotReachable) + 1;
        return scale >= smallest ? scale : BitOperations.RoundUpToPowerOf2(smallest);
    }
}
