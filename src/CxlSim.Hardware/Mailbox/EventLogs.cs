using System.Runtime.InteropServices;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>The event logs of a device, who is interrupted for them, and the commands for both (CXL r3.1 8.2.9.2).</summary>
public sealed class EventLogs
{
    /// <summary>Records that a log holds where nothing else is said: QEMU's device has as many.</summary>
    public const int DefaultCapacity = 8;

    private readonly EventLog[] _logs;
    private readonly bool[] _interrupts = new bool[EventPayloads.Logs];
    private readonly int _firstVector;

    /// <param name="time">The device's clock.</param>
    /// <param name="firstVector">Vector of the informational log; the others follow it.</param>
    /// <param name="capacity">Records of each log.</param>
    public EventLogs(DeviceTime time, int firstVector, int capacity = DefaultCapacity)
    {
        _firstVector = firstVector;
        _logs = [.. Enumerable.Range(0, EventPayloads.Logs).Select(_ => new EventLog(time, capacity))];
    }

    /// <summary>A log is no longer empty and its interrupt is on: its vector.</summary>
    public event Action<int>? Interrupted;

    public EventLog this[EventLogKind kind] => _logs[(int)kind];

    /// <summary>The event status register: a bit per log that holds something (CXL r3.1 8.2.8.3.1).</summary>
    public uint Status
    {
        get
        {
            uint status = 0;
            for (int log = 0; log < _logs.Length; log++)
            {
                status |= _logs[log].Count > 0 ? 1u << log : 0;
            }

            return status;
        }
    }

    public IReadOnlyList<MailboxCommand> Commands =>
    [
        new(MailboxOpcode.GetEventRecords, CommandEffects.None, 1, (input, size) => Find(input[0]) is { } log ? log.Get(size) : MailboxReturnCode.InvalidInput)
            { NeedsMedia = true },
        new(MailboxOpcode.ClearEventRecords, CommandEffects.ImmediateLog, null, (input, _) => Clear(input)),
        new(MailboxOpcode.GetEventInterruptPolicy, CommandEffects.None, 0, (_, _) => Policy()),
        new(MailboxOpcode.SetEventInterruptPolicy, CommandEffects.ImmediateConfiguration, null, (input, _) => SetPolicy(input)),
    ];

    /// <summary>Something happened: 128 bytes of record, of which handle and time are filled in.</summary>
    public void Add(EventLogKind kind, ReadOnlySpan<byte> record)
    {
        if (!_logs[(int)kind].Add(record))
        {
            return;
        }

        for (int log = 0; log < _logs.Length; log++)
        {
            if (_interrupts[log] && _logs[log].Count > 0)
            {
                Interrupted?.Invoke(_firstVector + log);
            }
        }
    }

    public void ClearAll()
    {
        foreach (EventLog log in _logs)
        {
            log.ClearAll();
        }
    }

    private EventLog? Find(byte kind) => kind < _logs.Length ? _logs[kind] : null;

    private MailboxReply Clear(byte[] input)
    {
        int handles = input.Length < EventPayloads.ClearHeaderSize ? 0 : input[EventPayloads.ClearCountOffset];
        if (input.Length < EventPayloads.ClearHeaderSize + (handles * sizeof(ushort)))
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        if (Find(input[0]) is not { } log)
        {
            return MailboxReturnCode.InvalidInput;
        }

        if ((input[1] & EventPayloads.ClearAll) != 0)
        {
            log.ClearAll();
            return MailboxReturnCode.Success;
        }

        return log.Clear(MemoryMarshal.Cast<byte, ushort>(input.AsSpan(EventPayloads.ClearHeaderSize, handles * sizeof(ushort))));
    }

    private byte[] Policy()
    {
        byte[] policy = new byte[EventPayloads.PolicyLengthWithDynamicCapacity];
        for (int log = 0; log < _logs.Length; log++)
        {
            policy[log] = _interrupts[log] ? (byte)(EventPayloads.ModeMessage | ((_firstVector + log) << EventPayloads.VectorShift)) : (byte)0;
        }

        return policy;
    }

    private MailboxReply SetPolicy(byte[] input)
    {
        if (input.Length is < EventPayloads.PolicyLength or > EventPayloads.PolicyLengthWithDynamicCapacity)
        {
            return MailboxReturnCode.InvalidPayloadLength;
        }

        for (int log = 0; log < _logs.Length; log++)
        {
            _interrupts[log] = (input[log] & EventPayloads.ModeMask) == EventPayloads.ModeMessage;
        }

        return MailboxReturnCode.Success;
    }
}
