using CxlSim.Core;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Records of a CDAT that say how fast memory and ways are; a malformed one ends the reading (<c>drivers/cxl/core/cdat.c</c>).</summary>
public static class CdatParser
{
    /// <summary>CDAT counts like the second revision of the HMAT.</summary>
    private const byte HmatRevision = 2;

    /// <summary>Where a device's memory lies and how fast it is: first all areas, then the numbers on them; by their handles.</summary>
    /// <param name="cdat">The table.</param>
    /// <param name="log">Takes what is malformed.</param>
    /// <param name="error">EINVAL where a record is malformed, ENOENT where there are none of a kind; then nothing is returned.</param>
    public static IReadOnlyList<(Dpa Start, ByteSize Size, AccessCoordinates Device)> Partitions(byte[] cdat, KernelLog log, out Errno error)
    {
        SortedDictionary<byte, (Dpa Start, ByteSize Size, AccessCoordinates Device)> areas = [];
        int numbers = 0;
        error = !TryReadAreas(cdat, areas, log) ? Errno.EINVAL
            : areas.Count == 0 ? Errno.ENOENT
            : !TryReadNumbers(cdat, areas, log, out numbers) ? Errno.EINVAL
            : numbers == 0 ? Errno.ENOENT
            : Errno.Ok;
        return error == Errno.Ok
            ? [.. areas.Values.Where(area => area.Size.Bytes <= ulong.MaxValue - area.Start.Value)] // what no address space holds is the device's mistake
            : [];
    }

    /// <summary>Downstream port, kind of number and number of each way through a switch, up to the first malformed record.</summary>
    public static IReadOnlyList<(ushort Downstream, byte DataType, uint Value)> Paths(byte[] cdat, KernelLog log)
    {
        List<(ushort Downstream, byte DataType, uint Value)> paths = [];
        SubtableWalker records = new(cdat, CdatHeader.SpecSize, SubtableFormat.Cedt) { Log = log };
        while (records.MoveNext())
        {
            if (records.Type != CdatSslbis.TypeId)
            {
                continue;
            }

            int length = LengthOf(records.Record);
            int entries = length - CdatSslbis.SpecSize;
            if (length > records.Record.Length || entries <= 0 || entries % CdatSslbis.EntrySize != 0)
            {
                log.Warning($"cxl: CDAT: an SSLBIS of {length} bytes in {records.Record.Length}");
                return paths;
            }

            byte dataType = records.Record[4];
            ulong unit = BitConverter.ToUInt64(records.Record[8..]);
            for (int at = CdatSslbis.SpecSize; at < length; at += CdatSslbis.EntrySize)
            {
                ushort x = BitConverter.ToUInt16(records.Record[at..]);
                ushort y = BitConverter.ToUInt16(records.Record[(at + 2)..]);
                bool isFirstUp = x == CdatRecords.SslbisUpstream || (x == CdatRecords.SslbisAny && y != CdatRecords.SslbisUpstream);
                paths.Add((isFirstUp ? y : x, dataType, Normalize(BitConverter.ToUInt16(records.Record[(at + 4)..]), unit, dataType)));
            }
        }

        return paths;
    }

    private static bool TryReadAreas(byte[] cdat, SortedDictionary<byte, (Dpa Start, ByteSize Size, AccessCoordinates Device)> areas, KernelLog log)
    {
        SubtableWalker records = new(cdat, CdatHeader.SpecSize, SubtableFormat.Cedt) { Log = log };
        while (records.MoveNext())
        {
            if (records.Type != CdatDsmas.TypeId)
            {
                continue;
            }

            if (!HasSize(records.Record, "DSMAS", log))
            {
                return false;
            }

            byte handle = records.Record[4];
            Dpa start = new(BitConverter.ToUInt64(records.Record[8..]));
            if (!areas.TryAdd(handle, (start, new ByteSize(BitConverter.ToUInt64(records.Record[16..])), default)))
            {
                log.Debug($"cxl: CDAT: a second DSMAS of handle {handle}");
                return false;
            }
        }

        return !records.IsInvalid;
    }

    private static bool TryReadNumbers(byte[] cdat, SortedDictionary<byte, (Dpa Start, ByteSize Size, AccessCoordinates Device)> areas, KernelLog log, out int records)
    {
        records = 0;
        SubtableWalker walker = new(cdat, CdatHeader.SpecSize, SubtableFormat.Cedt) { Log = log };
        while (walker.MoveNext())
        {
            if (walker.Type != CdatDslbis.TypeId)
            {
                continue;
            }

            if (!HasSize(walker.Record, "DSLBIS", log))
            {
                return false;
            }

            records++;
            byte handle = walker.Record[4];
            byte dataType = walker.Record[6];
            if (dataType > CdatRecords.DataWriteBandwidth || (walker.Record[5] & CdatDslbis.HierarchyMask) != 0)
            {
                continue;
            }

            if (!areas.TryGetValue(handle, out (Dpa Start, ByteSize Size, AccessCoordinates Device) area))
            {
                log.Warning($"cxl: CDAT: a DSLBIS of handle {handle}, which no DSMAS has");
                continue;
            }

            uint value = Normalize(BitConverter.ToUInt16(walker.Record[16..]), BitConverter.ToUInt64(walker.Record[8..]), dataType);
            areas[handle] = area with { Device = area.Device.With(dataType, value) };
        }

        return !walker.IsInvalid;
    }

    /// <summary>Both kinds of record have 24 bytes.</summary>
    private static bool HasSize(ReadOnlySpan<byte> record, string name, KernelLog log)
    {
        int length = LengthOf(record);
        if (length == CdatDslbis.SpecSize && record.Length >= length)
        {
            return true;
        }

        log.Warning($"cxl: CDAT: a {name} of {length} bytes, not {CdatDslbis.SpecSize}");
        return false;
    }

    private static int LengthOf(ReadOnlySpan<byte> record) => BitConverter.ToUInt16(record[2..]);

    private static uint Normalize(ushort entry, ulong unit, byte dataType) =>
        HmatMatrix.Normalize(entry, unit, HmatRevision, isLatency: dataType <= CdatRecords.DataWriteLatency);
}
