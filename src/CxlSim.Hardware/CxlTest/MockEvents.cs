using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The records that a mock device logs: of two kinds that nobody knows, general media, DRAM, memory module (<c>tools/testing/cxl/test/mem.c</c>).</summary>
internal static class MockEvents
{
    /// <summary>Records that a log holds.</summary>
    public const int Capacity = 15;

    private const byte Permanent = 1 << 2;
    private const byte MaintenanceNeeded = 1 << 3;
    private const byte PerformanceDegraded = 1 << 4;
    private const byte HardwareReplacement = 1 << 5;

    private static readonly Guid MaintenanceId = new("ba5eba11-abcd-efeb-a55a-a55aa5a55aa5");
    private static readonly Guid ReplacementId = new("abcdefeb-ba11-ba5e-a55a-a55aa5a55aa5");

    /// <summary>Three informational records, seventeen failures, of which two are lost, and two that are fatal.</summary>
    public static void Fill(EventLogs logs)
    {
        const int failures = 17;
        byte[] maintenance = Raw(MaintenanceId, MaintenanceNeeded, 0xa5b6);
        byte[] replacement = Raw(ReplacementId, HardwareReplacement, 0xb6a5);
        byte[] media = Header(EventRecord.GeneralMedia, Permanent, 0).U64(0x2000).Zeros(EventRecord.Size - EventRecord.DescriptorOffset).ToArray();
        byte[] module = Header(EventRecord.MemoryModule, 0, 0).Zeros(EventRecord.Size - EventRecord.HeaderSize).ToArray();
        byte[] dram = Dram();
        logs.ClearAll(); // what was not read yet would come twice
        Add(logs, EventLogKind.Informational, maintenance, media, module);
        byte[][] first = [maintenance, replacement, dram, media, module, replacement, dram];
        Add(logs, EventLogKind.Failure, [.. first, .. Enumerable.Repeat(replacement, failures - first.Length)]);
        Add(logs, EventLogKind.Fatal, replacement, dram);
    }

    private static void Add(EventLogs logs, EventLogKind kind, params byte[][] records)
    {
        foreach (byte[] record in records)
        {
            logs.Add(kind, record);
        }
    }

    private static byte[] Raw(Guid id, byte flags, ushort related) =>
        Header(id, flags, related).Bytes([0xde, 0xad, 0xbe, 0xef]).Zeros(EventRecord.Size - EventRecord.HeaderSize - 4).ToArray();

    private static byte[] Dram()
    {
        const byte threshold = 1 << 1;
        const byte invalidAddress = 1;
        byte[] record = Header(EventRecord.Dram, PerformanceDegraded, 0).U64(0x8000).Zeros(EventRecord.Size - EventRecord.DescriptorOffset).ToArray();
        record[EventRecord.DescriptorOffset] = threshold;
        record[EventRecord.TypeOffset] = invalidAddress;
        BitConverter.TryWriteBytes(
            record.AsSpan(EventRecord.ValidityOffset),
            (ushort)(EventRecord.DramValidChannel | EventRecord.DramValidBankGroup | EventRecord.DramValidBank | EventRecord.DramValidColumn));
        record[EventRecord.ChannelOffset] = 1;
        record[EventRecord.BankGroupOffset] = 5;
        record[EventRecord.BankOffset] = 2;
        record[EventRecord.ColumnOffset] = 0xde;
        record[EventRecord.ColumnOffset + 1] = 0xad;
        return record;
    }

    private static ByteWriter Header(Guid id, byte flags, ushort related) => new ByteWriter()
        .Bytes(id.ToByteArray(bigEndian: true)).U8(EventRecord.Size).U8(flags).U16(0).U16(0).U16(related).Zeros(EventRecord.HeaderSize - EventRecord.TimestampOffset);
}
