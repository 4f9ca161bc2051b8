using System.Text;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>What a device says of itself and how its capacity is divided (CXL r3.1 8.2.9.9.1.1, 8.2.9.9.2.1, 8.2.9.9.2.2).</summary>
public sealed class DeviceIdentity(Type3Description device)
{
    private const int FlagsOffset = 8;
    private const byte Immediately = 1 << 0;

    /// <summary>What becomes active with the next cold reset; null where nobody asked.</summary>
    private ulong? _nextVolatile;

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.Identify, CommandEffects.None, 0, (_, _) => Identify()),
        new(MailboxOpcode.GetPartitionInfo, CommandEffects.None, 0, (_, _) => PartitionInfo()) { NeedsMedia = true },
        .. device.PartitionAlignment.IsZero
            ? (MailboxCommand[])[]
            : [new(MailboxOpcode.SetPartitionInfo, CommandEffects.ConfigurationAfterReset, null, (input, _) => SetPartition(input)) { NeedsMedia = true }],
    ];

    private ulong Total => (device.Volatile + device.Persistent) / IdentifyMemoryDevice.CapacityUnit;

    private ulong Alignment => device.PartitionAlignment / IdentifyMemoryDevice.CapacityUnit;

    /// <summary>Capacity that can be divided is neither volatile nor persistent only.</summary>
    private byte[] Identify()
    {
        bool isFixed = device.PartitionAlignment.IsZero;
        IdentifyMemoryDevice answer = new()
        {
            TotalCapacity = Total,
            VolatileCapacity = isFixed ? device.Volatile / IdentifyMemoryDevice.CapacityUnit : 0,
            PersistentCapacity = isFixed ? device.Persistent / IdentifyMemoryDevice.CapacityUnit : 0,
            PartitionAlignment = Alignment,
            LsaSize = (uint)device.LabelStorage.Bytes,
            PoisonListMaximumLow = PoisonedLines.Limit,
        };
        Encoding.Latin1.GetBytes(device.FirmwareVersion.PadRight(16, '\0').AsSpan(0, 16), answer.FirmwareRevision);
        return BinaryLayout.ToBytes(answer);
    }

    private byte[] PartitionInfo() => new ByteWriter()
        .U64(device.Volatile / IdentifyMemoryDevice.CapacityUnit)
        .U64(device.Persistent / IdentifyMemoryDevice.CapacityUnit)
        .U64(_nextVolatile ?? 0)
        .U64(_nextVolatile is { } next ? Total - next : 0)
        .ToArray();

    /// <summary>This device divides its capacity anew at a reset only.</summary>
    private MailboxReply SetPartition(byte[] input)
    {
        if (input.Length is not (FlagsOffset + 1 or FlagsOffset + 2)) // programs send a byte of padding
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        ulong wanted = BitConverter.ToUInt64(input);
        if ((input[FlagsOffset] & Immediately) != 0 || wanted > Total || wanted % Alignment != 0)
        {
            return MailboxReturnCode.InvalidInput;
        }

        _nextVolatile = wanted;
        return MailboxReturnCode.Success;
    }
}
