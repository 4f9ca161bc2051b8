using CxlSim.Core;
using CxlSim.Kernel;
using CxlSim.Platform;
using CxlSim.Spec.Cxl;

namespace CxlSim.Session;

/// <summary>How the tool cxl divides a device's capacity from the next reset on (ndctl v81, cxl/memdev.c): by mailbox commands of a program.</summary>
/// <param name="sysfs">Its reads and writes.</param>
/// <param name="memdev">The device.</param>
internal sealed class CxlPartitionAction(ToolSysfs sysfs, CxlMemdev memdev)
{
    /// <summary>CXL_MEM_COMMAND_ID_IDENTIFY and _SET_PARTITION_INFO (<c>include/uapi/linux/cxl_mem.h</c>).</summary>
    private const uint Identify = 1;
    private const uint SetPartitionInfo = 9;

    public Errno Set(CxlStep step)
    {
        if (VolatileSize(step) is not { } size)
        {
            return Errno.EINVAL;
        }

        byte[] input = [.. BitConverter.GetBytes(size / IdentifyMemoryDevice.CapacityUnit.Bytes), 0, 0]; // from the next reset on
        MailboxAnswer answer = Send(SetPartitionInfo, input, 0);
        Errno error = answer.Error != Errno.Ok ? answer.Error : answer.ReturnCode != MailboxReturnCode.Success ? Errno.ENXIO : Errno.Ok;
        if (error != Errno.Ok)
        {
            sysfs.Say($"{memdev.Name} error: {ToolErrors.Text(error)}");
        }

        return error;
    }

    /// <summary>What is to be volatile of the capacity that can be divided; null after something that was said.</summary>
    private ulong? VolatileSize(CxlStep step)
    {
        MailboxAnswer answer = Send(Identify, [], (uint)IdentifyMemoryDevice.SpecSize);
        if (answer.Error != Errno.Ok || answer.ReturnCode != MailboxReturnCode.Success || !BinaryLayout.TryRead(answer.Output, out IdentifyMemoryDevice identity))
        {
            return null;
        }

        ulong unit = identity.PartitionAlignment * IdentifyMemoryDevice.CapacityUnit.Bytes;
        ulong total = identity.TotalCapacity * IdentifyMemoryDevice.CapacityUnit.Bytes;
        if (unit == 0)
        {
            return Refuse("no available capacity", "use a device with partition_alignment");
        }

        ulong available = total - ((identity.VolatileCapacity + identity.PersistentCapacity) * IdentifyMemoryDevice.CapacityUnit.Bytes);
        ulong wanted = step.Size?.Bytes ?? available;
        if (wanted > available)
        {
            return Refuse($"{wanted} exceeds available capacity {available}", $"use {new ByteSize(available)} at most");
        }

        bool isVolatile = step.Type == "ram";
        ulong size = isVolatile ? wanted : available - wanted;
        if (size % unit == 0)
        {
            return size;
        }

        if (!step.Align)
        {
            return Refuse($"size {size} is not partition aligned {unit}", $"use a multiple of {new ByteSize(unit)}, or give align");
        }

        size = (size / unit * unit) + (isVolatile ? unit : 0);
        return size <= available ? size : Refuse($"aligned partition size {size} exceeds available size {available}", $"use {new ByteSize(available / unit * unit)} at most");
    }

    private ulong? Refuse(string reason, string nearest)
    {
        sysfs.Refuse(RefusalRules.ToolPartition, Errno.EINVAL, memdev.Name, reason, nearest);
        return null;
    }

    private MailboxAnswer Send(uint id, byte[] input, uint room)
    {
        CxlSendCommand send = new() { Id = id, InputSize = (uint)input.Length, OutputSize = room };
        return sysfs.Session.Do("cxl set-partition", () => new CxlMemdevIoctl(sysfs.Session.Kernel.Log, memdev).SendAsync(send, input));
    }
}
