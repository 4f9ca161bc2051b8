using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>A device's or a switch's CDAT as entries: the header, then one per record (CDAT 1.04).</summary>
public sealed class CdatTable
{
    private const int ChecksumOffset = 5;

    public CdatTable(Type3Description device)
        : this(device.Cdat.Header, device.Cdat.Records is { } stated ? CdatRecordBytes.Of(stated) : Derived(device))
    {
        Entries[0][ChecksumOffset] ^= (byte)(device.Faults.HasFlag(DeviceFaults.CdatChecksum) ? 1 : 0);
    }

    /// <summary>A switch: what lies between its upstream port and each downstream port, by port number (SSLBIS).</summary>
    public CdatTable(SwitchDescription description)
        : this(description.Cdat.Header, CdatRecordBytes.Of(description.Cdat.Records ?? Derived(description)))
    {
    }

    private CdatTable(CdatHeaderDescription header, IReadOnlyList<byte[]> records) => Entries = [Header(header, records), .. records];

    public IReadOnlyList<byte[]> Entries { get; }

    private static IReadOnlyList<byte[]> Derived(Type3Description device)
    {
        List<CdatRecordDescription> records = [];
        byte handle = 0;
        if (!device.Volatile.IsZero)
        {
            AddPartition(records, handle++, Dpa.Zero, device.Volatile, 0, device.Cdat);
        }

        if (!device.Persistent.IsZero)
        {
            AddPartition(records, handle, Dpa.Zero + device.Volatile, device.Persistent, CdatDsmas.FlagNonVolatile, device.Cdat);
        }

        return CdatRecordBytes.Of(records);
    }

    private static void AddPartition(List<CdatRecordDescription> records, byte handle, Dpa start, ByteSize size, byte flags, CdatDescription speed)
    {
        records.Add(new DsmasDescription(handle, flags, start.Value, size.Bytes));
        AddSpeed(CdatRecords.DataReadLatency, CdatUnit.OfLatency(speed.ReadLatencyNs));
        AddSpeed(CdatRecords.DataWriteLatency, CdatUnit.OfLatency(speed.WriteLatencyNs));
        AddSpeed(CdatRecords.DataReadBandwidth, CdatUnit.OfBandwidth(speed.ReadBandwidthMBs));
        AddSpeed(CdatRecords.DataWriteBandwidth, CdatUnit.OfBandwidth(speed.WriteBandwidthMBs));

        // EFI memory type: 1 for volatile capacity, 2 for persistent, as QEMU's devices report it.
        byte efiType = (flags & CdatDsmas.FlagNonVolatile) != 0 ? (byte)2 : (byte)1;
        records.Add(new DsemtsDescription(handle, efiType, 0, size.Bytes));

        void AddSpeed(byte dataType, CdatUnit value) => records.Add(new DslbisDescription(handle, 0, dataType, value.Unit, [value.Entry]));
    }

    private static IReadOnlyList<CdatRecordDescription> Derived(SwitchDescription description)
    {
        return [Paths(CdatRecords.DataAccessLatency, CdatUnit.OfLatency(description.Cdat.LatencyNs)), Paths(CdatRecords.DataAccessBandwidth, CdatUnit.OfBandwidth(description.Cdat.BandwidthMBs))];

        SslbisDescription Paths(byte dataType, CdatUnit value) => new(
            dataType, value.Unit, [.. description.Ports.Select(port => new SslbisEntryDescription(CdatRecords.SslbisUpstream, port.PortNumber, value.Entry))]);
    }

    private static byte[] Header(CdatHeaderDescription description, IReadOnlyList<byte[]> records)
    {
        byte[] header = BinaryLayout.ToBytes(new CdatHeader
        {
            Length = description.Length ?? (uint)(CdatHeader.SpecSize + records.Sum(record => record.Length)),
            Revision = description.Revision,
            Sequence = description.Sequence,
        });
        byte[] table = [.. header, .. records.SelectMany(record => record)];
        header[ChecksumOffset] = description.Checksum ?? AcpiChecksum.Of(table);
        return header;
    }
}
