using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The device registers of a Type-3 device: capability array, status, mailbox, memory device status (CXL r3.1 8.2.8).</summary>
public sealed class DeviceRegisterBlock : IRegisterBlock
{
    private const int StatusOffset = 0x80;
    private const int StatusLength = 8;
    private const int MailboxOffset = StatusOffset + StatusLength;
    private const int MemoryDeviceLength = 8;

    private readonly Simulation _simulation;
    private readonly Mailbox _mailbox;
    private readonly MailboxUnits _units;
    private readonly SimTime _mediaReadyAt;
    private readonly DeviceFaults _faults;
    private readonly uint[] _array;

    public DeviceRegisterBlock(Simulation simulation, Mailbox mailbox, MailboxUnits units, SimTime mediaReadyAt, DeviceFaults faults)
    {
        _simulation = simulation;
        _mailbox = mailbox;
        _units = units;
        _mediaReadyAt = mediaReadyAt;
        _faults = faults;
        _array = BuildArray();
    }

    /// <summary>Where the last register ends.</summary>
    public int Size => MemoryDeviceOffset + MemoryDeviceLength;

    private int MemoryDeviceOffset => MailboxOffset + _mailbox.Length;

    public uint Read(int offset)
    {
        if (offset < _array.Length * 4)
        {
            return _array[offset / 4];
        }

        if (offset >= MailboxOffset && offset < MemoryDeviceOffset)
        {
            return _mailbox.Read(offset - MailboxOffset);
        }

        return offset switch
        {
            StatusOffset => _units.Events.Status,
            _ => offset == MemoryDeviceOffset ? MemoryDeviceStatus : 0,
        };
    }

    public void Write(int offset, uint value)
    {
        if (offset >= MailboxOffset && offset < MemoryDeviceOffset)
        {
            _mailbox.Write(offset - MailboxOffset, value);
        }
    }

    private uint MemoryDeviceStatus =>
        (_faults.HasFlag(DeviceFaults.MailboxNotReady) ? 0 : 1u << DeviceRegisters.MailboxInterfaceReady)
        | (MediaStatus << DeviceRegisters.MediaStatusLow);

    private uint MediaStatus =>
        _units.Sanitizer.IsRunning ? DeviceRegisters.MediaDisabled
        : _simulation.Now >= _mediaReadyAt && !_faults.HasFlag(DeviceFaults.MediaNotReady) ? DeviceRegisters.MediaReady
        : 0;

    private uint[] BuildArray()
    {
        uint[] array = new uint[4 * DeviceRegisters.CapabilityStride / 4];
        array[0] = 1u << 16; // id 0, version 1
        array[1] = 3; // bits 47:32: the number of headers that follow
        Header(array, 1, DeviceRegisters.StatusId, StatusOffset, StatusLength);
        ushort mailbox = _faults.HasFlag(DeviceFaults.NoMailbox) ? DeviceRegisters.FirstVendorId : DeviceRegisters.PrimaryMailboxId;
        Header(array, 2, mailbox, MailboxOffset, _mailbox.Length);
        Header(array, 3, DeviceRegisters.MemoryDeviceId, MemoryDeviceOffset, MemoryDeviceLength);
        return array;
    }

    private static void Header(uint[] array, int index, ushort id, int offset, int length)
    {
        int at = index * DeviceRegisters.CapabilityStride / 4;
        array[at] = id | (1u << 16);
        array[at + (DeviceRegisters.HeaderOffset / 4)] = (uint)offset;
        array[at + (DeviceRegisters.HeaderLength / 4)] = (uint)length;
    }
}
