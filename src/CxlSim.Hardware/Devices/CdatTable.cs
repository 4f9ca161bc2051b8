using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>A device's CDAT as entries: the header, then one per record (CDAT 1.04).</summary>
public sealed class CdatTable
{
    private const int ChecksumOffset = 5;

    /// <summary>Latency entries count in this many picoseconds, bandwidth entries in this many MB/s.</summary>
    private const ulong LatencyUnitPs = 10_000;
    private const int LatencyUnitNs = 10;
    private const ulong BandwidthUnitMBs = 1_000;

    /// <summary>QEMU's switch: 150 ns and 16 GiB/s between the upstream and each downstream port.</summary>
    private const ushort SwitchLatency = 15;
    private const ushort SwitchBandwidth = 16;
    private const ulong SwitchBandwidthUnitMBs = 1_024;

    public CdatTable(Type3Description device)
    {
        List<byte[]> records = [];
        byte handle = 0;
        if (!device.Volatile.IsZero)
        {
            AddPartition(records, handle++, Dpa.Zero, device.Volatile, 0, device.Cdat);
        }

        if (!device.Persistent.IsZero)
        {
            AddPartition(records, handle, Dpa.Zero + device.Volatile, device.Persistent, CdatRecords.DsmasNonVolatile, device.Cdat);
        }

        byte[] header = Header(records);
        header[ChecksumOffset] ^= (byte)(device.Faults.HasFlag(DeviceFaults.CdatChecksum) ? 1 : 0);
        Entries = [header, .. records];
    }

    /// <summary>A switch: what lies between its upstream port and each downstream port, by port number (SSLBIS).</summary>
    public CdatTable(IReadOnlyList<byte> downstreamPorts)
    {
        List<byte[]> records =
        [
            Paths(downstreamPorts, CdatRecords.DataAccessLatency, LatencyUnitPs, SwitchLatency),
            Paths(downstreamPorts, CdatRecords.DataAccessBandwidth, SwitchBandwidthUnitMBs, SwitchBandwidth),
        ];
        Entries = [Header(records), .. records];
    }

    public IReadOnlyList<byte[]> Entries { get; }

    private static void AddPartition(List<byte[]> records, byte handle, Dpa start, ByteSize size, byte flags, CdatDescription speed)
    {
        records.Add(Record(CdatRecords.Dsmas, CdatRecords.DsmasSize).U8(handle).U8(flags).U16(0).U64(start.Value).U64(size.Bytes).ToArray());
        records.Add(Speed(handle, CdatRecords.DataReadLatency, LatencyUnitPs, speed.ReadLatencyNs / LatencyUnitNs));
        records.Add(Speed(handle, CdatRecords.DataWriteLatency, LatencyUnitPs, speed.WriteLatencyNs / LatencyUnitNs));
        records.Add(Speed(handle, CdatRecords.DataReadBandwidth, BandwidthUnitMBs, speed.ReadBandwidthMBs / (int)BandwidthUnitMBs));
        records.Add(Speed(handle, CdatRecords.DataWriteBandwidth, BandwidthUnitMBs, speed.WriteBandwidthMBs / (int)BandwidthUnitMBs));

        // EFI memory type: 1 for volatile capacity, 2 for persistent, as QEMU's devices report it.
        byte efiType = (flags & CdatRecords.DsmasNonVolatile) != 0 ? (byte)2 : (byte)1;
        records.Add(Record(CdatRecords.Dsemts, CdatRecords.DsemtsSize).U8(handle).U8(efiType).U16(0).U64(0).U64(size.Bytes).ToArray());
    }

    private static byte[] Paths(IReadOnlyList<byte> ports, byte dataType, ulong unit, ushort value)
    {
        ByteWriter record = Record(CdatRecords.Sslbis, CdatRecords.SslbisHeaderSize + (ports.Count * CdatRecords.SslbisEntrySize)).U8(dataType).Zeros(3).U64(unit);
        foreach (byte port in ports)
        {
            record.U16(CdatRecords.SslbisUpstream).U16(port).U16(value).U16(0);
        }

        return record.ToArray();
    }

    private static byte[] Speed(byte handle, byte dataType, ulong unit, int value) =>
        Record(CdatRecords.Dslbis, CdatRecords.DslbisSize).U8(handle).U8(0).U8(dataType).U8(0).U64(unit).U16((ushort)value).Zeros(6).ToArray();

    private static ByteWriter Record(byte type, int length) => new ByteWriter().U8(type).U8(0).U16((ushort)length);

    private static byte[] Header(List<byte[]> records)
    {
        uint length = (uint)(CdatRecords.HeaderSize + records.Sum(record => record.Length));
        byte[] header = new ByteWriter().U32(length).U8(2).U8(0).Zeros(6).U32(0).ToArray();
        byte[] table = [.. header, .. records.SelectMany(record => record)];
        header[ChecksumOffset] = AcpiChecksum.Of(table);
        return header;
    }
}
