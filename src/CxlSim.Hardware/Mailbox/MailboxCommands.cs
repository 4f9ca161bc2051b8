using System.Buffers.Binary;
using System.Text;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>What a Type-3 device answers to each mailbox command (CXL r3.1 8.2.9).</summary>
public sealed class MailboxCommands(Type3Description device, PoisonedLines poison)
{
    private const int GetLogInputLength = 24;

    /// <summary>The recorded device calls its firmware by one digit less in the slot than in Identify.</summary>
    private const string RecordedVersion = "BWFW VERSION 00";
    private const string RecordedSlotVersion = "BWFW VERSION 0";

    /// <summary>The commands of the device; the effects word tells what else they change. Both go into the Command Effects Log.</summary>
    private static readonly (MailboxOpcode Opcode, ushort Effects)[] Supported =
    [
        (MailboxOpcode.GetFirmwareInfo, 0),
        (MailboxOpcode.TransferFirmware, 1 << 6),
        (MailboxOpcode.ActivateFirmware, 1 << 6),
        (MailboxOpcode.GetTimestamp, 0),
        (MailboxOpcode.SetTimestamp, 1 << 3),
        (MailboxOpcode.GetSupportedLogs, 0),
        (MailboxOpcode.GetLog, 0),
        (MailboxOpcode.Identify, 0),
        (MailboxOpcode.GetPartitionInfo, 0),
        (MailboxOpcode.GetLsa, 0),
        (MailboxOpcode.SetLsa, (1 << 1) | (1 << 2)),
        (MailboxOpcode.GetPoisonList, 0),
        (MailboxOpcode.InjectPoison, 0),
        (MailboxOpcode.ClearPoison, 0),
        (MailboxOpcode.Sanitize, (1 << 2) | (1 << 5) | (1 << 6)),
        (MailboxOpcode.GetSecurityState, 0),
    ];

    private readonly byte[] _labels = new byte[device.LabelStorage.Bytes];
    private ulong _timestamp;

    public MailboxReturnCode Execute(MailboxOpcode opcode, byte[] input, int payloadSize, out byte[] output)
    {
        output = [];
        switch (opcode)
        {
            case MailboxOpcode.GetFirmwareInfo:
                output = FirmwareInfo();
                return MailboxReturnCode.Success;
            case MailboxOpcode.GetTimestamp:
                output = BitConverter.GetBytes(_timestamp);
                return MailboxReturnCode.Success;
            case MailboxOpcode.SetTimestamp:
                return SetTimestamp(input);
            case MailboxOpcode.GetSupportedLogs:
                output = SupportedLogs();
                return MailboxReturnCode.Success;
            case MailboxOpcode.GetLog:
                return GetLog(input, payloadSize, out output);
            case MailboxOpcode.Identify:
                output = Identify();
                return MailboxReturnCode.Success;
            case MailboxOpcode.GetPartitionInfo:
                output = PartitionInfo();
                return MailboxReturnCode.Success;
            case MailboxOpcode.GetLsa:
                return GetLsa(input, payloadSize, out output);
            case MailboxOpcode.SetLsa:
                return SetLsa(input);
            case MailboxOpcode.GetPoisonList:
                return poison.List(input, payloadSize, out output);
            case MailboxOpcode.InjectPoison:
                return poison.Inject(input);
            case MailboxOpcode.ClearPoison:
                return poison.Clear(input);
            case MailboxOpcode.GetSecurityState:
                output = new byte[4];
                return MailboxReturnCode.Success;
            default:
                return MailboxReturnCode.Unsupported;
        }
    }

    private MailboxReturnCode SetTimestamp(byte[] input)
    {
        if (input.Length != 8)
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        _timestamp = BinaryPrimitives.ReadUInt64LittleEndian(input);
        return MailboxReturnCode.Success;
    }

    private static byte[] CommandEffects()
    {
        ByteWriter log = new();
        foreach ((MailboxOpcode opcode, ushort effects) in Supported)
        {
            log.U16((ushort)opcode).U16(effects);
        }

        return log.ToArray();
    }

    private byte[] SupportedLogs() => device.Faults.HasFlag(DeviceFaults.NoEffectsLog)
        ? new ByteWriter().Zeros(8).ToArray()
        : new ByteWriter().U16(1).Zeros(6).Bytes(CommandEffectsLog.Bytes).U32((uint)(Supported.Length * CommandEffectsLog.EntrySize)).ToArray();

    private static MailboxReturnCode GetLog(byte[] input, int payloadSize, out byte[] output)
    {
        output = [];
        if (input.Length != GetLogInputLength)
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        if (!input.AsSpan(0, 16).SequenceEqual(CommandEffectsLog.Bytes))
        {
            return MailboxReturnCode.InvalidLog;
        }

        byte[] log = CommandEffects();
        return TrySlice(log, BitConverter.ToUInt32(input, 16), BitConverter.ToUInt32(input, 20), payloadSize, out output)
            ? MailboxReturnCode.Success
            : MailboxReturnCode.InvalidInput;
    }

    private byte[] Identify()
    {
        IdentifyMemoryDevice answer = new()
        {
            TotalCapacity = (device.Volatile + device.Persistent) / IdentifyMemoryDevice.CapacityUnit,
            VolatileCapacity = device.Volatile / IdentifyMemoryDevice.CapacityUnit,
            PersistentCapacity = device.Persistent / IdentifyMemoryDevice.CapacityUnit,
            LsaSize = (uint)device.LabelStorage.Bytes,
            PoisonListMaximumLow = PoisonedLines.Limit,
        };
        Encoding.Latin1.GetBytes(device.FirmwareVersion.PadRight(16, '\0').AsSpan(0, 16), answer.FirmwareRevision);
        return BinaryLayout.ToBytes(answer);
    }

    private byte[] PartitionInfo() => new ByteWriter()
        .U64(device.Volatile / IdentifyMemoryDevice.CapacityUnit)
        .U64(device.Persistent / IdentifyMemoryDevice.CapacityUnit)
        .Zeros(16)
        .ToArray();

    /// <summary>Two slots, the first active, activation without a reset (8.2.9.3.1).</summary>
    private byte[] FirmwareInfo() => new ByteWriter()
        .U8(2).U8(1).U8(1).Zeros(13)
        .Ascii(device.FirmwareVersion == RecordedVersion ? RecordedSlotVersion : device.FirmwareVersion, 16)
        .Zeros(48)
        .ToArray();

    private MailboxReturnCode GetLsa(byte[] input, int payloadSize, out byte[] output)
    {
        output = [];
        if (input.Length != 8)
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        return TrySlice(_labels, BitConverter.ToUInt32(input, 0), BitConverter.ToUInt32(input, 4), payloadSize, out output)
            ? MailboxReturnCode.Success
            : MailboxReturnCode.InvalidInput;
    }

    private MailboxReturnCode SetLsa(byte[] input)
    {
        if (input.Length < 8)
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        uint offset = BitConverter.ToUInt32(input, 0);
        ReadOnlySpan<byte> data = input.AsSpan(8);
        if ((ulong)offset + (ulong)data.Length > (ulong)_labels.Length)
        {
            return MailboxReturnCode.InvalidInput;
        }

        data.CopyTo(_labels.AsSpan((int)offset));
        return MailboxReturnCode.Success;
    }

    private static bool TrySlice(byte[] source, uint offset, uint length, int payloadSize, out byte[] slice)
    {
        bool inside = (ulong)offset + length <= (ulong)source.Length && length <= (uint)payloadSize;
        slice = inside ? source.AsSpan((int)offset, (int)length).ToArray() : [];
        return inside;
    }
}
