using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>From a mailbox that answers to memN: commands, timestamp, identity, partitions (second half of <c>cxl_pci_probe</c> in <c>drivers/cxl/pci.c</c>).</summary>
public sealed class MemdevSetup(
    CxlCore cxl, Device host, ulong serial, CxlMailbox mailbox, DeviceRegisterMap map, ComponentRegisterMap? components, bool isMediaReady)
{
    public async SimTask<Errno> RunAsync()
    {
        Errno error = await mailbox.EnumerateAsync();
        if (error != Errno.Ok)
        {
            return error;
        }

        error = await SetTimestampAsync();
        if (error != Errno.Ok)
        {
            return error;
        }

        return isMediaReady ? await IdentifyAsync() : await AddAsync(default, new DpaPartitions(ByteSize.Zero, ByteSize.Zero));
    }

    /// <summary>A device whose media did not come up is not even asked (<c>cxl_dev_state_identify</c>): it has no capacity.</summary>
    private async SimTask<Errno> IdentifyAsync()
    {
        (Errno error, byte[] answer) = await mailbox.SendAsync(MailboxOpcode.Identify, []);
        if (error != Errno.Ok)
        {
            return error;
        }

        if (!BinaryLayout.TryRead(answer, out IdentifyMemoryDevice identify))
        {
            return Errno.EIO;
        }

        (error, DpaPartitions? known) = await ReadPartitionsAsync(identify);
        if (known is not { } partitions)
        {
            return error;
        }

        LogPartition("ram", partitions, DecoderMode.Ram);
        LogPartition("pmem", partitions, DecoderMode.Pmem);
        return await AddAsync(identify, partitions);
    }

    private async SimTask<Errno> AddAsync(IdentifyMemoryDevice identify, DpaPartitions partitions)
    {
        CxlMemdev memdev = new(cxl, cxl.MemdevIds.Allocate(), host, mailbox, serial)
        {
            FirmwareVersion = Encoding.Latin1.GetString(identify.FirmwareRevision).TrimEnd('\0'),
            LabelStorageSize = identify.LsaSize,
            Partitions = partitions,
            Components = components,
            IsMediaReady = isMediaReady,
        };
        await AddMemdevAsync(memdev);
        memdev.Events = new CxlEvents(cxl, memdev, map.Status.Start);
        return await memdev.Events.ConfigureAsync();
    }

    /// <summary>A device may do without, and say so; any other refusal ends the probe (<c>cxl_set_timestamp</c>).</summary>
    private async SimTask<Errno> SetTimestampAsync()
    {
        byte[] now = BitConverter.GetBytes((ulong)(cxl.Core.Simulation.Now.Picoseconds / 1000));
        MailboxAnswer answer = await mailbox.TransferAsync(MailboxOpcode.SetTimestamp, now);
        if (answer.Error == Errno.Ok && answer.ReturnCode is MailboxReturnCode.Success or MailboxReturnCode.Unsupported)
        {
            return Errno.Ok;
        }

        cxl.Core.Log.Debug(host, $"the device refuses a timestamp, return code 0x{(ushort)answer.ReturnCode:x}");
        return answer.Error == Errno.Ok ? Errno.ENXIO : answer.Error;
    }

    /// <summary>Fixed parts from Identify, or what Get Partition Info says is active; its errno where it is refused, EINVAL where the sizes make no sense (<c>cxl_mem_create_range_info</c>).</summary>
    private async SimTask<(Errno Error, DpaPartitions? Partitions)> ReadPartitionsAsync(IdentifyMemoryDevice identify)
    {
        ulong ram = identify.VolatileCapacity;
        ulong pmem = identify.PersistentCapacity;
        if (identify.PartitionAlignment != 0)
        {
            (Errno error, byte[] answer) = await mailbox.SendAsync(MailboxOpcode.GetPartitionInfo, []);
            if (error != Errno.Ok || answer.Length < 16)
            {
                return (error != Errno.Ok ? error : Errno.EIO, null);
            }

            ram = BitConverter.ToUInt64(answer, 0);
            pmem = BitConverter.ToUInt64(answer, 8);
        }

        ulong limit = (1UL << 52) / IdentifyMemoryDevice.CapacityUnit.Bytes;
        bool sane = ram <= limit && pmem <= limit && identify.TotalCapacity <= limit && ram + pmem <= identify.TotalCapacity;
        return sane ? (Errno.Ok, new DpaPartitions(IdentifyMemoryDevice.CapacityUnit * ram, IdentifyMemoryDevice.CapacityUnit * pmem)) : (Errno.EINVAL, null);
    }

    private void LogPartition(string name, DpaPartitions partitions, DecoderMode mode)
    {
        ByteSize size = partitions.Of(mode);
        ulong start = partitions.StartOf(mode).Value;
        cxl.Core.Log.Debug(host, size.IsZero ? $"DPA({name}): no capacity" : $"DPA({name}): [mem 0x{start:x8}-0x{start + size.Bytes - 1:x8} flags 0x200]");
    }

    private async SimTask AddMemdevAsync(CxlMemdev memdev)
    {
        mailbox.SanitizeEnded += memdev.Security.LookNow;
        host.OnUnbind(async () =>
        {
            memdev.Security.TearDown();
            await cxl.Bus.RemoveAsync(memdev);
            cxl.MemdevIds.Free(memdev.Id);
        });
        await cxl.Bus.AddAsync(memdev, host);
        if (memdev.Mailbox.IsEnabled(MailboxOpcode.TransferFirmware) && memdev.Mailbox.IsEnabled(MailboxOpcode.ActivateFirmware))
        {
            KObject uploads = cxl.Core.Sysfs.Root.Directory("class").Directory("firmware");
            FirmwareUpload upload = new(cxl.Core.Simulation, memdev.Name, new CxlFirmware(cxl.Core.Log, memdev));
            memdev.Directory("firmware").Attach(upload);
            upload.Link("subsystem", uploads);
            uploads.Link(upload.Name, upload);
            host.OnUnbind(() =>
            {
                upload.Stop();
                uploads.Unlink(upload.Name);
                return SimTask.CompletedTask;
            });
        }
    }
}
