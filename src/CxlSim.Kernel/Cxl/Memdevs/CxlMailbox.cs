using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Drives a device's mailbox: fills in, rings, waits, reads (<c>drivers/cxl/pci.c</c>, <c>core/mbox.c</c>).</summary>
public sealed class CxlMailbox
{
    /// <summary>CXL_MAILBOX_TIMEOUT_MS.</summary>
    private static readonly SimDuration Timeout = SimDuration.Seconds(2);

    /// <summary>The driver looks again after this time, then after twice that: an answer is seen soon, and a device that is dead costs few events.</summary>
    private static readonly SimDuration FirstPoll = SimDuration.Microseconds(1);
    private static readonly SimDuration LongestPoll = SimDuration.Milliseconds(1);
    private const ulong Percent = 100;
    private const int SmallestPayload = 256;
    private const int LargestPayload = 1 << 20;

    private readonly CxlCore _cxl;
    private readonly Device _device;
    private readonly Hpa _registers;
    private readonly Hpa _memoryDevice;
    private readonly SimMutex _lock;
    private readonly SimSignal _backgroundEnded;

    /// <summary>These the driver trusts every device to have; the others it learns from the effects log.</summary>
    private readonly HashSet<MailboxOpcode> _enabled = [MailboxOpcode.GetSupportedLogs, MailboxOpcode.GetLog, MailboxOpcode.Identify];

    public CxlMailbox(CxlCore cxl, Device device, DeviceRegisterMap map)
    {
        _cxl = cxl;
        _device = device;
        _registers = map.Mailbox.Start;
        _memoryDevice = map.MemoryDevice.Start;
        _lock = new SimMutex(cxl.Core.Simulation);
        _backgroundEnded = new SimSignal(cxl.Core.Simulation);
        int log2 = (int)Bits.Get(Read(MailboxRegisters.Capabilities, 4), MailboxRegisters.CapabilityPayloadHigh, MailboxRegisters.CapabilityPayloadLow);
        PayloadSize = log2 >= 20 ? LargestPayload : 1 << log2;
    }

    /// <summary>Bytes of one command's payload.</summary>
    public int PayloadSize { get; }

    public bool IsUsable => PayloadSize >= SmallestPayload;

    /// <summary>Commands that the kernel keeps for itself while it manages what they change (<c>set_exclusive_cxl_commands</c>).</summary>
    public HashSet<MailboxOpcode> Exclusive { get; } = [];

    /// <summary>The device has no time for anything but its health (<c>mds->security.poll_tmo_secs</c>).</summary>
    public bool IsSanitizing { get; set; }

    /// <summary>A sanitize ended; raised by the interrupt.</summary>
    public event Action? SanitizeEnded;

    /// <summary>Nothing goes on in the background (<c>cxl_mbox_background_complete</c>).</summary>
    public bool IsBackgroundComplete => Bits.Get(BackgroundStatus, MailboxRegisters.BackgroundPercentageHigh, MailboxRegisters.BackgroundPercentageLow) == Percent;

    private ulong BackgroundStatus => Read(MailboxRegisters.BackgroundStatus, 8);

    /// <summary>Has the device say when a background command is over, where it can (<c>cxl_pci_setup_mailbox</c>).</summary>
    public void EnableInterrupt(PciDevice pci)
    {
        ulong capabilities = Read(MailboxRegisters.Capabilities, 4);
        if (!Bits.IsSet(capabilities, MailboxRegisters.CapabilityBackgroundInterrupt))
        {
            _cxl.Core.Log.Debug(_device, "the mailbox has no interrupt");
            return;
        }

        int vector = (int)Bits.Get(capabilities, MailboxRegisters.CapabilityInterruptHigh, MailboxRegisters.CapabilityInterruptLow);
        _cxl.Pci.Interrupts.Request(pci, vector, ServeInterrupt);
        Write(MailboxRegisters.Control, 4, Read(MailboxRegisters.Control, 4) | MailboxRegisters.ControlBackgroundInterrupt);
    }

    public bool IsEnabled(MailboxOpcode opcode) => _enabled.Contains(opcode);

    /// <summary>Sends one command for a driver. What a device refuses is mostly ENXIO to it (<c>cxl_internal_send_cmd</c>); output is empty on error.</summary>
    /// <param name="opcode">The command.</param>
    /// <param name="input">Its payload.</param>
    /// <param name="seconds">How long the driver waits for a command that goes on in the background, looking every second.</param>
    public async SimTask<(Errno Error, byte[] Output)> SendAsync(MailboxOpcode opcode, byte[] input, int seconds = 0)
    {
        if (input.Length > PayloadSize)
        {
            return (Errno.E2BIG, []);
        }

        MailboxAnswer answer = await TransferAsync(opcode, input, seconds);
        if (answer.Error == Errno.Ok && answer.ReturnCode != MailboxReturnCode.Success)
        {
            _cxl.Core.Log.Debug(_device, $"opcode 0x{(ushort)opcode:x4} ended with return code 0x{(ushort)answer.ReturnCode:x}");
            return (ErrnoOf(answer.ReturnCode), []);
        }

        return (answer.Error, answer.Output);
    }

    /// <summary>What a driver makes of a device's refusal (<c>cxl_mbox_cmd_rc2errno</c>).</summary>
    public static Errno ErrnoOf(MailboxReturnCode code) => code switch
    {
        MailboxReturnCode.Success => Errno.Ok,
        MailboxReturnCode.InvalidPhysicalAddress => Errno.EFAULT,
        MailboxReturnCode.InjectPoisonLimit => Errno.EBUSY,
        _ => Errno.ENXIO,
    };

    /// <summary>Sends one command and gives what the device said of it (<c>cxl_pci_mbox_send</c>); output is empty where it refused.</summary>
    public async SimTask<MailboxAnswer> TransferAsync(MailboxOpcode opcode, byte[] input, int seconds = 0)
    {
        using SimMutex.Holder holder = await _lock.LockAsync();
        if (IsDoorbellSet())
        {
            _cxl.Core.Log.Error(_device, $"mailbox queue busy, opcode 0x{(ushort)opcode:x4}{DeviceState()}");
            return new MailboxAnswer(Errno.EBUSY);
        }

        if (IsSanitizing && opcode != MailboxOpcode.GetHealthInfo)
        {
            return new MailboxAnswer(Errno.EBUSY);
        }

        _backgroundEnded.Reset();
        WritePayload(input);
        Write(MailboxRegisters.Command, 8, Bits.Set((ulong)opcode, MailboxRegisters.CommandLengthHigh, MailboxRegisters.CommandLengthLow, (ulong)input.Length));
        ulong control = Read(MailboxRegisters.Control, 4) & MailboxRegisters.ControlBackgroundInterrupt;
        Write(MailboxRegisters.Control, 4, control | MailboxRegisters.ControlDoorbell);
        if (!await AwaitIdleAsync())
        {
            _cxl.Core.Log.Error(_device, $"timeout waiting for opcode 0x{(ushort)opcode:x4}{DeviceState()}");
            return new MailboxAnswer(Errno.ETIMEDOUT);
        }

        MailboxReturnCode code = (MailboxReturnCode)Bits.Get(Read(MailboxRegisters.Status, 8), MailboxRegisters.StatusReturnCodeHigh, MailboxRegisters.StatusReturnCodeLow);
        if (code == MailboxReturnCode.BackgroundStarted && opcode != MailboxOpcode.Sanitize)
        {
            return await AwaitBackgroundAsync(opcode, seconds);
        }

        if (code != MailboxReturnCode.Success)
        {
            return new MailboxAnswer(Errno.Ok, code);
        }

        ulong length = Bits.Get(Read(MailboxRegisters.Command, 8), MailboxRegisters.CommandLengthHigh, MailboxRegisters.CommandLengthLow);
        return new MailboxAnswer(Errno.Ok, code, ReadPayload((int)Math.Min(length, (ulong)PayloadSize)));
    }

    /// <summary>Asks the device which commands it has (<c>cxl_enumerate_cmds</c>).</summary>
    public async SimTask<Errno> EnumerateAsync()
    {
        (Errno error, byte[] logs) = await SendAsync(MailboxOpcode.GetSupportedLogs, []);
        if (error != Errno.Ok)
        {
            return error;
        }

        if (SizeOfEffectsLog(logs) is not { } size)
        {
            _cxl.Core.Log.Debug(_device, "no command effects log");
            return Errno.ENOENT;
        }

        _cxl.Core.Log.Debug(_device, $"Found LOG type {CommandEffectsLog.Id} of size {size}");
        for (uint offset = 0; offset < size; offset += (uint)PayloadSize)
        {
            byte[] request = new ByteWriter().Bytes(CommandEffectsLog.Bytes).U32(offset).U32(Math.Min((uint)PayloadSize, size - offset)).ToArray();
            (error, byte[] log) = await SendAsync(MailboxOpcode.GetLog, request);
            if (error != Errno.Ok)
            {
                return error;
            }

            for (int entry = 0; entry + CommandEffectsLog.EntrySize <= log.Length; entry += CommandEffectsLog.EntrySize)
            {
                _enabled.Add((MailboxOpcode)BitConverter.ToUInt16(log, entry));
            }
        }

        return Errno.Ok;
    }

    /// <summary>Bytes of the effects log, bounded by what every opcode there is would take; null where the device has none.</summary>
    private static uint? SizeOfEffectsLog(byte[] logs)
    {
        const int header = 8;
        const int entrySize = 20;
        const uint largest = CommandEffectsLog.EntrySize << 16;
        for (int offset = header; offset + entrySize <= logs.Length; offset += entrySize)
        {
            if (logs.AsSpan(offset, 16).SequenceEqual(CommandEffectsLog.Bytes))
            {
                return Math.Min(largest, BitConverter.ToUInt32(logs, offset + 16));
            }
        }

        return null;
    }

    /// <summary>Until the doorbell is clear; false where that takes too long (<c>cxl_pci_mbox_wait_for_doorbell</c>).</summary>
    public async SimTask<bool> AwaitIdleAsync()
    {
        SimTime deadline = _cxl.Core.Simulation.Now + Timeout;
        SimDuration poll = FirstPoll;
        while (IsDoorbellSet())
        {
            if (_cxl.Core.Simulation.Now > deadline)
            {
                return false;
            }

            await _cxl.Core.Simulation.Delay(poll);
            poll = poll < LongestPoll ? poll * 2 : poll;
        }

        return true;
    }

    /// <summary>Every command but a sanitize is waited for.</summary>
    private async SimTask<MailboxAnswer> AwaitBackgroundAsync(MailboxOpcode opcode, int seconds)
    {
        _cxl.Core.Log.Debug(_device, $"Mailbox background operation (0x{(ushort)opcode:x4}) started");
        for (int second = 0; second < seconds && !IsBackgroundComplete; second++)
        {
            await _backgroundEnded.WaitAsync(SimDuration.Seconds(1));
        }

        if (!IsBackgroundComplete)
        {
            _cxl.Core.Log.Error(_device, $"background opcode 0x{(ushort)opcode:x4} is not over after {seconds} s");
            return new MailboxAnswer(Errno.ETIMEDOUT);
        }

        _cxl.Core.Log.Debug(_device, $"Mailbox background operation (0x{(ushort)opcode:x4}) completed");
        return new MailboxAnswer(
            Errno.Ok, (MailboxReturnCode)Bits.Get(BackgroundStatus, MailboxRegisters.BackgroundReturnCodeHigh, MailboxRegisters.BackgroundReturnCodeLow));
    }

    /// <summary>Of all background commands only a sanitize has nobody who waits in the mailbox (<c>cxl_pci_mbox_irq</c>).</summary>
    private SimTask ServeInterrupt()
    {
        if (IsBackgroundComplete)
        {
            ulong opcode = Bits.Get(BackgroundStatus, MailboxRegisters.BackgroundOpcodeHigh, MailboxRegisters.BackgroundOpcodeLow);
            if ((MailboxOpcode)opcode == MailboxOpcode.Sanitize)
            {
                SanitizeEnded?.Invoke();
            }
            else
            {
                _backgroundEnded.Set();
            }
        }

        return SimTask.CompletedTask;
    }

    /// <summary>What the memory device status says of a device that does not answer.</summary>
    private string DeviceState()
    {
        ulong status = _cxl.Core.HostBus.ReadRegister(_memoryDevice, 8);
        return (Bits.IsSet(status, DeviceRegisters.DeviceFatal) ? ", device state fatal" : string.Empty)
            + (Bits.IsSet(status, DeviceRegisters.FirmwareHalt) ? ", firmware halted" : string.Empty);
    }

    private bool IsDoorbellSet() => (Read(MailboxRegisters.Control, 4) & MailboxRegisters.ControlDoorbell) != 0;

    private void WritePayload(ReadOnlySpan<byte> input)
    {
        Span<byte> word = stackalloc byte[4];
        for (int offset = 0; offset < input.Length; offset += 4)
        {
            word.Clear();
            input[offset..Math.Min(input.Length, offset + 4)].CopyTo(word);
            Write(MailboxRegisters.Payload + offset, 4, BitConverter.ToUInt32(word));
        }
    }

    private byte[] ReadPayload(int length)
    {
        byte[] padded = new byte[(length + 3) & ~3];
        for (int offset = 0; offset < padded.Length; offset += 4)
        {
            BitConverter.TryWriteBytes(padded.AsSpan(offset), (uint)Read(MailboxRegisters.Payload + offset, 4));
        }

        return padded[..length];
    }

    private ulong Read(int register, int width) => _cxl.Core.HostBus.ReadRegister(_registers + new ByteSize((ulong)register), width);

    private void Write(int register, int width, ulong value) => _cxl.Core.HostBus.WriteRegister(_registers + new ByteSize((ulong)register), width, value);
}
