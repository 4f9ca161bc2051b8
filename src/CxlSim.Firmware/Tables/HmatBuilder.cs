using System.Numerics;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Firmware;

/// <summary>Heterogeneous Memory Attribute Table: latency and bandwidth between proximity domains (ACPI 6.5 5.2.27).</summary>
public static class HmatBuilder
{
    private const byte Revision = 2;

    /// <summary>The kinds of record in the order of their numbers; HMAT and CDAT number them alike.</summary>
    private static readonly (byte DataType, ulong Unit, Func<HmatEntryDescription, uint?> Value)[] Kinds =
    [
        (CdatRecords.DataAccessLatency, HmatLocality.PicosecondsPerNanosecond, entry => entry.LatencyNs),
        (CdatRecords.DataReadLatency, HmatLocality.PicosecondsPerNanosecond, entry => entry.ReadLatencyNs),
        (CdatRecords.DataWriteLatency, HmatLocality.PicosecondsPerNanosecond, entry => entry.WriteLatencyNs),
        (CdatRecords.DataAccessBandwidth, 1, entry => entry.BandwidthMBs),
        (CdatRecords.DataReadBandwidth, 1, entry => entry.ReadBandwidthMBs),
        (CdatRecords.DataWriteBandwidth, 1, entry => entry.WriteBandwidthMBs),
    ];

    public static byte[] Build(PlatformDescription platform)
    {
        IReadOnlyList<HmatEntryDescription> entries = platform.Memory.Hmat;
        AcpiTable table = new("HMAT", Revision, platform.Firmware);
        table.Body.U32(0);
        AppendDomains(table.Body, platform.Memory.Srat ?? []);
        uint[] initiators = [.. entries.Select(entry => entry.Initiator).Distinct().Order()];
        uint[] targets = [.. entries.Select(entry => entry.Target).Distinct().Order()];
        foreach ((byte dataType, ulong unit, Func<HmatEntryDescription, uint?> value) in Kinds)
        {
            if (entries.Any(entry => value(entry) is not null))
            {
                AppendLocality(table.Body, dataType, unit, initiators, targets, (from, to) => entries.LastOrDefault(entry => entry.Initiator == from && entry.Target == to && value(entry) is not null) is { } found ? value(found)!.Value : 0);
            }
        }

        return table.Finish();
    }

    /// <summary>Memory beside CPUs of its own domain belongs to them.</summary>
    private static void AppendDomains(ByteWriter body, IReadOnlyList<SratEntryDescription> srat)
    {
        HashSet<uint> withCpus = [.. srat.OfType<SratCpuDescription>().Select(cpu => cpu.ProximityDomain)];
        foreach (uint domain in srat.OfType<SratMemoryDescription>().Select(memory => memory.ProximityDomain).Where(withCpus.Contains).Distinct())
        {
            body.Bytes(BinaryLayout.ToBytes(new HmatProximity
            {
                Type = HmatProximity.TypeId,
                Length = (uint)HmatProximity.SpecSize,
                Flags = HmatProximity.FlagInitiatorValid,
                Initiator = domain,
                Memory = domain,
            }));
        }
    }

    private static void AppendLocality(ByteWriter body, byte dataType, ulong unit, uint[] initiators, uint[] targets, Func<uint, uint, uint> value)
    {
        uint[] values = [.. initiators.SelectMany(from => targets.Select(to => value(from, to)))];
        uint scale = Scale(values);
        body.Bytes(BinaryLayout.ToBytes(new HmatLocality
        {
            Type = HmatLocality.TypeId,
            Length = (uint)(HmatLocality.SpecSize + (4 * (initiators.Length + targets.Length)) + (2 * values.Length)),
            DataType = dataType,
            Initiators = (uint)initiators.Length,
            Targets = (uint)targets.Length,
            BaseUnit = unit * scale,
        }));
        foreach (uint domain in initiators.Concat(targets))
        {
            body.U32(domain);
        }

        foreach (uint entry in values)
        {
            body.U16((ushort)(entry / scale));
        }
    }

    /// <summary>The largest unit that all values are multiples of; where that leaves too much for two bytes, a coarser one.</summary>
    private static uint Scale(uint[] values)
    {
        uint scale = Math.Max(1, values.Aggregate(0u, (divisor, value) => (uint)BigInteger.GreatestCommonDivisor(divisor, value)));
        uint smallest = (values.Max() / HmatLocality.NotReachable) + 1;
        return scale >= smallest ? scale : BitOperations.RoundUpToPowerOf2(smallest);
    }
}
