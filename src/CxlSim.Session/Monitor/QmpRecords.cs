using System.Buffers.Binary;
using System.Text;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Session;

/// <summary>Event records out of the arguments of QEMU's commands (<c>qapi/cxl.json</c>). Whoever calls asks the arguments whether they made sense.</summary>
internal static class QmpRecords
{
    private const uint Most24Bits = 0xff_ffff;

    /// <summary>As it is copied there, the last byte is no character.</summary>
    private const int LongestComponent = EventRecord.ComponentLength - 1;

    public static byte[] GeneralMedia(QmpArguments arguments)
    {
        byte[] record = Begin(arguments, EventRecord.GeneralMedia);
        int valid = BeginPlace(record, arguments);
        valid |= Put24(record, EventRecord.DeviceOffset, arguments, "device", EventRecord.MediaValidDevice);
        if (arguments.OptionalText("component-id") is { } component)
        {
            Encoding.Latin1.GetBytes(component.AsSpan(0, Math.Min(component.Length, LongestComponent)), record.AsSpan(EventRecord.ComponentOffset));
            valid |= EventRecord.MediaValidComponent;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(EventRecord.ValidityOffset), (ushort)valid);
        return record;
    }

    public static byte[] Dram(QmpArguments arguments)
    {
        byte[] record = Begin(arguments, EventRecord.Dram);
        int valid = BeginPlace(record, arguments);
        valid |= Put24(record, EventRecord.NibbleMaskOffset, arguments, "nibble-mask", EventRecord.DramValidNibble);
        valid |= PutByte(record, EventRecord.BankGroupOffset, arguments, "bank-group", EventRecord.DramValidBankGroup);
        valid |= PutByte(record, EventRecord.BankOffset, arguments, "bank", EventRecord.DramValidBank);
        valid |= Put24(record, EventRecord.RowOffset, arguments, "row", EventRecord.DramValidRow);
        if (arguments.Optional("column", ushort.MaxValue) is { } column)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(EventRecord.ColumnOffset), (ushort)column);
            valid |= EventRecord.DramValidColumn;
        }

        if (arguments.OptionalNumbers("correction-mask") is { } mask)
        {
            for (int i = 0; i < mask.Length && i < EventRecord.CorrectionMaskLength / sizeof(ulong); i++)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(EventRecord.CorrectionMaskOffset + (i * sizeof(ulong))), mask[i]);
            }

            valid |= EventRecord.DramValidCorrectionMask;
        }

        BinaryPrimitives.WriteUInt16LittleEndian(record.AsSpan(EventRecord.ValidityOffset), (ushort)valid);
        return record;
    }

    public static byte[] MemoryModule(QmpArguments arguments)
    {
        byte[] record = Begin(arguments, EventRecord.MemoryModule);
        record[EventRecord.ModuleTypeOffset] = (byte)arguments.Number("type", byte.MaxValue);
        HealthInfo health = new()
        {
            HealthStatus = (byte)arguments.Number("health-status", byte.MaxValue),
            MediaStatus = (byte)arguments.Number("media-status", byte.MaxValue),
            AdditionalStatus = (byte)arguments.Number("additional-status", byte.MaxValue),
            LifeUsed = (byte)arguments.Number("life-used", byte.MaxValue),
            Temperature = (short)arguments.Number("temperature", (ulong)short.MaxValue),
            DirtyShutdowns = (uint)arguments.Number("dirty-shutdown-count", uint.MaxValue),
            CorrectedVolatileErrors = (uint)arguments.Number("corrected-volatile-error-count", uint.MaxValue),
            CorrectedPersistentErrors = (uint)arguments.Number("corrected-persistent-error-count", uint.MaxValue),
        };
        BinaryLayout.ToBytes(health).CopyTo(record, EventRecord.ModuleHealthOffset);
        return record;
    }

    /// <summary>The log that an event goes to.</summary>
    public static EventLogKind Log(QmpArguments arguments)
    {
        string word = arguments.Text("log");
        foreach (EventLogKind log in Enum.GetValues<EventLogKind>())
        {
            if (word.Equals(log.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return log;
            }
        }

        arguments.Refuse("log");
        return EventLogKind.Informational;
    }

    private static byte[] Begin(QmpArguments arguments, Guid kind)
    {
        byte[] record = new byte[EventRecord.Size];
        kind.TryWriteBytes(record, bigEndian: true, out _);
        record[EventRecord.LengthOffset] = EventRecord.Size;
        record[EventRecord.FlagsOffset] = (byte)arguments.Number("flags", byte.MaxValue);
        return record;
    }

    /// <summary>What general media and DRAM have in common; gives the bits of what is valid.</summary>
    private static int BeginPlace(byte[] record, QmpArguments arguments)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(EventRecord.AddressOffset), arguments.Number("dpa", ulong.MaxValue));
        record[EventRecord.DescriptorOffset] = (byte)arguments.Number("descriptor", byte.MaxValue);
        record[EventRecord.TypeOffset] = (byte)arguments.Number("type", byte.MaxValue);
        record[EventRecord.TransactionTypeOffset] = (byte)arguments.Number("transaction-type", byte.MaxValue);
        return PutByte(record, EventRecord.ChannelOffset, arguments, "channel", EventRecord.DramValidChannel)
            | PutByte(record, EventRecord.RankOffset, arguments, "rank", EventRecord.DramValidRank);
    }

    private static int PutByte(byte[] record, int offset, QmpArguments arguments, string name, int valid)
    {
        ulong? value = arguments.Optional(name, byte.MaxValue);
        record[offset] = (byte)(value ?? 0);
        return value is null ? 0 : valid;
    }

    private static int Put24(byte[] record, int offset, QmpArguments arguments, string name, int valid)
    {
        ulong? value = arguments.Optional(name, Most24Bits);
        for (int i = 0; i < 3; i++)
        {
            record[offset + i] = Bits.ByteAt(value ?? 0, i);
        }

        return value is null ? 0 : valid;
    }
}
