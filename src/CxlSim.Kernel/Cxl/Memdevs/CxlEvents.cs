using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Reads and clears the event logs of a memory device and traces what they hold (<c>drivers/cxl/core/mbox.c</c>, <c>drivers/cxl/pci.c</c>).</summary>
/// <param name="cxl">What stands below.</param>
/// <param name="memdev">The device.</param>
/// <param name="status">Its event status register.</param>
public sealed class CxlEvents(CxlCore cxl, CxlMemdev memdev, Hpa status)
{
    private const uint AllLogs = 0xf;

    /// <summary>A device whose log never empties holds Linux for ever; here it is left after so many answers.</summary>
    private const int MostAnswers = 1024;

    private static readonly EventLogKind[] Order = [EventLogKind.Fatal, EventLogKind.Failure, EventLogKind.Warning, EventLogKind.Informational];

    private readonly SimMutex _lock = new(cxl.Core.Simulation);

    /// <summary>Has every log send interrupts, and reads what is there already (<c>cxl_event_config</c>).</summary>
    public async SimTask<Errno> ConfigureAsync()
    {
        if (memdev.Pci is not { } pci)
        {
            await DrainAsync(TraceTask.Idle); // nothing sends interrupts: who fills the logs says so
            return Errno.Ok;
        }

        if (pci.FindCapability(Spec.Pci.PciCapability.MsiX) == 0)
        {
            cxl.Core.Log.Info(memdev.Host, "no interrupts, so no events");
            return Errno.Ok;
        }

        (Errno error, byte[] policy) = await GetPolicyAsync();
        if (error != Errno.Ok)
        {
            return error;
        }

        if (policy.Take(EventPayloads.Logs).Any(setting => (setting & EventPayloads.ModeMask) == EventPayloads.ModeFirmware))
        {
            cxl.Core.Log.Error(memdev.Host, "firmware keeps the event logs although _OSC gave them away");
            return Errno.EBUSY;
        }

        error = await RequestInterruptsAsync(pci);
        if (error == Errno.Ok)
        {
            await DrainAsync(TraceTask.Idle);
        }

        return error;
    }

    /// <summary>Reads whatever the logs hold.</summary>
    public SimTask DrainAsync(TraceTask thread) => DrainAsync(AllLogs, thread);

    private async SimTask<Errno> RequestInterruptsAsync(PciDevice pci)
    {
        byte[] wanted = [.. Enumerable.Repeat(EventPayloads.ModeMessage, EventPayloads.Logs)];
        (Errno error, _) = await memdev.Mailbox.SendAsync(MailboxOpcode.SetEventInterruptPolicy, wanted);
        if (error != Errno.Ok)
        {
            cxl.Core.Log.Error(memdev.Host, $"the device refuses interrupts for events ({-(int)error})");
            return error;
        }

        (error, byte[] policy) = await GetPolicyAsync();
        if (error != Errno.Ok)
        {
            return error;
        }

        for (int log = 0; log < EventPayloads.Logs; log++)
        {
            if ((policy[log] & EventPayloads.ModeMask) != EventPayloads.ModeMessage)
            {
                cxl.Core.Log.Error(memdev.Host, $"no interrupt for event log '{log}'");
                return Errno.ENXIO;
            }

            TraceTask thread = TraceTask.Idle;
            thread = cxl.Pci.Interrupts.Request(pci, policy[log] >> EventPayloads.VectorShift, () => ServeAsync(thread));
        }

        return Errno.Ok;
    }

    private async SimTask<(Errno Error, byte[] Policy)> GetPolicyAsync()
    {
        (Errno error, byte[] policy) = await memdev.Mailbox.SendAsync(MailboxOpcode.GetEventInterruptPolicy, []);
        error = error == Errno.Ok && policy.Length < EventPayloads.PolicyLength ? Errno.EIO : error;
        if (error != Errno.Ok)
        {
            cxl.Core.Log.Error(memdev.Host, $"the device does not tell its interrupt policy for events ({-(int)error})");
        }

        return (error, policy);
    }

    /// <summary>Until the status register is clear (<c>cxl_event_thread</c>).</summary>
    private async SimTask ServeAsync(TraceTask thread)
    {
        for (int round = 0; round < MostAnswers; round++)
        {
            uint logs = (uint)cxl.Core.HostBus.ReadRegister(status, 4) & AllLogs;
            if (logs == 0)
            {
                return;
            }

            await DrainAsync(logs, thread);
        }
    }

    /// <summary>The gravest first (<c>cxl_mem_get_event_records</c>).</summary>
    private async SimTask DrainAsync(uint logs, TraceTask thread)
    {
        cxl.Core.Log.Debug(memdev.Host, $"Reading event logs: {logs:x}");
        foreach (EventLogKind log in Order)
        {
            if (Bits.IsSet(logs, (int)log))
            {
                await DrainAsync(log, thread);
            }
        }
    }

    /// <summary>Reads, traces and clears until a log is empty (<c>cxl_mem_get_records_log</c>).</summary>
    private async SimTask DrainAsync(EventLogKind log, TraceTask thread)
    {
        using SimMutex.Holder holder = await _lock.LockAsync();
        for (int answers = 0; answers < MostAnswers; answers++)
        {
            (Errno error, byte[] answer) = await memdev.Mailbox.SendAsync(MailboxOpcode.GetEventRecords, [(byte)log]);
            if (error != Errno.Ok || answer.Length < EventPayloads.HeaderSize)
            {
                cxl.Core.Log.Error(memdev.Host, $"event log '{(int)log}' cannot be read ({-(int)(error == Errno.Ok ? Errno.EIO : error)})");
                return;
            }

            int there = (answer.Length - EventPayloads.HeaderSize) / EventRecord.Size;
            int count = Math.Min(there, BitConverter.ToUInt16(answer, EventPayloads.RecordCountOffset));
            if (count == 0)
            {
                return;
            }

            byte[][] records = [.. Enumerable.Range(0, count).Select(i => answer.AsSpan(EventPayloads.HeaderSize + (i * EventRecord.Size), EventRecord.Size).ToArray())];
            foreach (byte[] record in records)
            {
                cxl.TraceEvents.Emit(cxl.Tracing, memdev.Traced, log, record, memdev.Poison.FindPlace, thread);
            }

            if ((answer[0] & EventPayloads.FlagOverflow) != 0)
            {
                cxl.TraceEvents.Overflow.Emit(cxl.Tracing, memdev.Traced, log, answer, thread);
            }

            error = await ClearAsync(log, records);
            if (error != Errno.Ok)
            {
                cxl.Core.Log.Error(memdev.Host, $"event log '{(int)log}' cannot be cleared ({-(int)error})");
                return;
            }
        }
    }

    /// <summary>By handle, as many at once as a payload holds (<c>cxl_clear_event_record</c>).</summary>
    private async SimTask<Errno> ClearAsync(EventLogKind log, byte[][] records)
    {
        int room = Math.Min(byte.MaxValue, (memdev.Mailbox.PayloadSize - EventPayloads.ClearHeaderSize) / sizeof(ushort));
        foreach (byte[][] part in records.Chunk(room))
        {
            ByteWriter request = new ByteWriter().U8((byte)log).U8(0).U8((byte)part.Length).Zeros(3);
            foreach (byte[] record in part)
            {
                ushort handle = BitConverter.ToUInt16(record, EventRecord.HandleOffset);
                cxl.Core.Log.Debug(memdev.Host, $"Event log '{(int)log}': Clearing {handle}");
                request.U16(handle);
            }

            (Errno error, _) = await memdev.Mailbox.SendAsync(MailboxOpcode.ClearEventRecords, request.ToArray());
            if (error != Errno.Ok)
            {
                return error;
            }
        }

        return Errno.Ok;
    }
}
