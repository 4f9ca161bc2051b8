using System.Buffers.Binary;
using CxlSim.Core;
using CxlSim.Spec.Cxl;

namespace CxlSim.Hardware;

/// <summary>One event log of a device: records, the oldest first, until software clears them (CXL r3.1 8.2.9.2).</summary>
/// <param name="time">The device's clock.</param>
/// <param name="capacity">Records that it holds; further ones are only counted.</param>
public sealed class EventLog(DeviceTime time, int capacity)
{
    private readonly Queue<byte[]> _records = new();
    private ushort _nextHandle = 1;
    private ushort _lost;
    private ulong _firstLost;
    private ulong _lastLost;

    public int Count => _records.Count;

    /// <summary>Takes a record in under a handle and a time of its own. True where the log was empty.</summary>
    public bool Add(ReadOnlySpan<byte> record)
    {
        Check.That(record.Length == EventRecord.Size, "an event record of {0} bytes", EventRecord.Size);
        if (_records.Count >= capacity)
        {
            _firstLost = _lost == 0 ? time.Now : _firstLost;
            _lastLost = time.Now;
            _lost = (ushort)Math.Min(_lost + 1, ushort.MaxValue);
            return false;
        }

        byte[] copy = record.ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan(EventRecord.HandleOffset), _nextHandle);
        BinaryPrimitives.WriteUInt64LittleEndian(copy.AsSpan(EventRecord.TimestampOffset), time.Now);
        _nextHandle = _nextHandle == ushort.MaxValue ? (ushort)1 : (ushort)(_nextHandle + 1); // 0 is no handle
        _records.Enqueue(copy);
        return _records.Count == 1;
    }

    /// <summary>What Get Event Records answers. As QEMU's device has it, "more" stands as long as anything is left uncleared.</summary>
    public byte[] Get(int payloadSize)
    {
        byte[][] given = [.. _records.Take((payloadSize - EventPayloads.HeaderSize) / EventRecord.Size)];
        int flags = (_records.Count > 0 ? EventPayloads.FlagMore : 0) | (_lost > 0 ? EventPayloads.FlagOverflow : 0);
        ByteWriter answer = new ByteWriter().U8((byte)flags).U8(0).U16(_lost).U64(_firstLost).U64(_lastLost).U16((ushort)given.Length).Zeros(10);
        foreach (byte[] record in given)
        {
            answer.Bytes(record);
        }

        return answer.ToArray();
    }

    /// <summary>Clears the oldest records, which the handles must name in order; else none.</summary>
    public MailboxReturnCode Clear(ReadOnlySpan<ushort> handles)
    {
        int index = 0;
        foreach (byte[] record in _records.Take(handles.Length))
        {
            if (BitConverter.ToUInt16(record, EventRecord.HandleOffset) != handles[index++])
            {
                return MailboxReturnCode.InvalidEventHandle;
            }
        }

        for (int cleared = 0; cleared < handles.Length && _records.Count > 0; cleared++)
        {
            _records.Dequeue();
            ForgetLost();
        }

        return MailboxReturnCode.Success;
    }

    public void ClearAll()
    {
        _records.Clear();
        ForgetLost();
    }

    private void ForgetLost() => (_lost, _firstLost, _lastLost) = (0, 0, 0);
}
