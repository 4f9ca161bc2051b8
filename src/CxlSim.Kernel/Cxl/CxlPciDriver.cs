using System.Globalization;
using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;
using CxlSim.Spec.Pci;

namespace CxlSim.Kernel;

/// <summary>Binds to memory devices, talks to their mailbox and makes memN of them (<c>drivers/cxl/pci.c</c>).</summary>
public sealed class CxlPciDriver(LinuxKernel kernel, KernelModule module) : Driver("cxl_pci")
{
    private static readonly SimDuration PollInterval = SimDuration.Milliseconds(5);

    public override bool ProbesAsynchronously => true;

    private SimDuration MediaTimeout => Seconds(kernel.Modules.Find("cxl_core")!.Parameter("media_ready_timeout"));

    private SimDuration MailboxTimeout => Seconds(module.Parameter("mbox_ready_timeout"));

    public override bool Matches(Device device) => device is PciDevice { ClassCode: PciClass.CxlMemory };

    public override async SimTask<Errno> ProbeAsync(Device device)
    {
        PciDevice pci = (PciDevice)device;
        using FrameScope frame = kernel.Simulation.Enter("cxl_pci_probe", pci.Name);
        kernel.Milestone("CxlPciProbe", pci.Name);
        if (pci.FindCxlDvsec(Dvsec.DeviceId) == 0)
        {
            kernel.Log.Warning(pci, "Device DVSEC not present, skip CXL.mem init");
        }

        if (RegisterMap.FindBlock(pci, Dvsec.BlockDevice) is not { } block || RegisterMap.ProbeDevice(kernel.HostBus, block) is not { } map)
        {
            kernel.Log.Error(pci, "no complete set of device registers");
            return Errno.ENXIO;
        }

        if (!RegisterMap.Take(kernel, pci, map.Status, pci.Name)
            || !RegisterMap.Take(kernel, pci, map.Mailbox, pci.Name)
            || !RegisterMap.Take(kernel, pci, map.MemoryDevice, pci.Name))
        {
            return Errno.ENXIO;
        }

        Hpa? component = RegisterMap.FindBlock(pci, Dvsec.BlockComponent);
        if (component is null)
        {
            kernel.Log.Warning(pci, "No component registers");
        }
        else if (RegisterMap.ProbeComponents(kernel.HostBus, component.Value).Ras is { } ras)
        {
            RegisterMap.Take(kernel, pci, ras, pci.Name);
        }

        bool mediaReady = await WaitForAsync(MediaTimeout, () => IsMediaActive(pci) && MediaStatus(map) == DeviceRegisters.MediaReady);
        if (!mediaReady)
        {
            kernel.Log.Warning(pci, "Media not active");
            kernel.Findings.Report(KernelRules.MediaNotReady, new FunctionPlace(pci.Address), $"media that were not ready after {MediaTimeout}");
        }

        if (!await WaitForAsync(MailboxTimeout, () => Bits.IsSet(ReadStatus(map), DeviceRegisters.MailboxInterfaceReady)))
        {
            kernel.Log.Error(pci, "mailbox did not become ready");
            return Errno.ETIMEDOUT;
        }

        return await SetUpMailboxAsync(pci, new CxlMailbox(kernel, pci, map.Mailbox.Start), component, mediaReady);
    }

    public override SimTask RemoveAsync(Device device) => SimTask.CompletedTask;

    private async SimTask<Errno> SetUpMailboxAsync(PciDevice pci, CxlMailbox mailbox, Hpa? component, bool mediaReady)
    {
        if (!mailbox.IsUsable)
        {
            kernel.Log.Error(pci, $"mailbox payload of {mailbox.PayloadSize} bytes is too small");
            return Errno.ENXIO;
        }

        Errno error = await mailbox.EnumerateAsync();
        if (error != Errno.Ok)
        {
            return error;
        }

        if (mailbox.IsEnabled(MailboxOpcode.SetTimestamp))
        {
            await mailbox.SendAsync(MailboxOpcode.SetTimestamp, BitConverter.GetBytes((ulong)(kernel.Simulation.Now.Picoseconds / 1000)));
        }

        (error, byte[] answer) = await mailbox.SendAsync(MailboxOpcode.Identify, []);
        if (error != Errno.Ok)
        {
            return error;
        }

        if (!BinaryLayout.TryRead(answer, out IdentifyMemoryDevice identify))
        {
            return Errno.EIO;
        }

        if (await ReadPartitionsAsync(mailbox, identify) is not { } partitions)
        {
            return Errno.EINVAL;
        }

        LogPartition(pci, "ram", partitions, DecoderMode.Ram);
        LogPartition(pci, "pmem", partitions, DecoderMode.Pmem);
        await AddMemdevAsync(pci, new CxlMemdev(kernel, kernel.Cxl.MemdevIds.Allocate(), pci, mailbox, ReadSerial(pci))
        {
            FirmwareVersion = Encoding.Latin1.GetString(identify.FirmwareRevision).TrimEnd('\0'),
            LabelStorageSize = identify.LsaSize,
            Partitions = partitions,
            ComponentRegisters = component,
            IsMediaReady = mediaReady,
        });
        return Errno.Ok;
    }

    /// <summary>Fixed parts from Identify, or what Get Partition Info says is active; null where the sizes make no sense (<c>cxl_mem_create_range_info</c>).</summary>
    private static async SimTask<DpaPartitions?> ReadPartitionsAsync(CxlMailbox mailbox, IdentifyMemoryDevice identify)
    {
        ulong ram = identify.VolatileCapacity;
        ulong pmem = identify.PersistentCapacity;
        if (identify.PartitionAlignment != 0)
        {
            (Errno error, byte[] answer) = await mailbox.SendAsync(MailboxOpcode.GetPartitionInfo, []);
            if (error != Errno.Ok || answer.Length < 16)
            {
                return null;
            }

            ram = BitConverter.ToUInt64(answer, 0);
            pmem = BitConverter.ToUInt64(answer, 8);
        }

        ulong limit = (1UL << 52) / IdentifyMemoryDevice.CapacityUnit.Bytes;
        bool sane = ram <= limit && pmem <= limit && identify.TotalCapacity <= limit && ram + pmem <= identify.TotalCapacity;
        return sane ? new DpaPartitions(IdentifyMemoryDevice.CapacityUnit * ram, IdentifyMemoryDevice.CapacityUnit * pmem) : null;
    }

    private void LogPartition(PciDevice pci, string name, DpaPartitions partitions, DecoderMode mode)
    {
        ByteSize size = partitions.Of(mode);
        ulong start = partitions.StartOf(mode).Value;
        kernel.Log.Debug(pci, size.IsZero ? $"DPA({name}): no capacity" : $"DPA({name}): [mem 0x{start:x8}-0x{start + size.Bytes - 1:x8} flags 0x200]");
    }

    private async SimTask AddMemdevAsync(PciDevice pci, CxlMemdev memdev)
    {
        pci.OnUnbind(async () =>
        {
            await kernel.Cxl.Bus.RemoveAsync(memdev);
            kernel.Cxl.MemdevIds.Free(memdev.Id);
        });
        await kernel.Cxl.Bus.AddAsync(memdev, pci);
        if (memdev.Mailbox.IsEnabled(MailboxOpcode.TransferFirmware) && memdev.Mailbox.IsEnabled(MailboxOpcode.ActivateFirmware))
        {
            FirmwareUpload upload = new(memdev.Name);
            memdev.Directory("firmware").Attach(upload);
            upload.Link("subsystem", kernel.Sysfs.Root.Directory("class").Directory("firmware"));
        }
    }

    private static ulong ReadSerial(PciDevice pci)
    {
        int offset = pci.FindExtendedCapability(PciCapability.SerialNumber);
        return offset == 0 ? 0 : pci.ReadConfig(offset + 4, 4) | ((ulong)pci.ReadConfig(offset + 8, 4) << 32);
    }

    private static SimDuration Seconds(string text) => SimDuration.Seconds(long.Parse(text, CultureInfo.InvariantCulture));

    private async SimTask<bool> WaitForAsync(SimDuration limit, Func<bool> condition)
    {
        SimTime deadline = kernel.Simulation.Now + limit;
        while (!condition())
        {
            if (kernel.Simulation.Now >= deadline)
            {
                return false;
            }

            await kernel.Simulation.Delay(PollInterval);
        }

        return true;
    }

    /// <summary>Every range that the device says it has is valid and active (<c>cxl_await_media_ready</c>).</summary>
    private static bool IsMediaActive(PciDevice pci)
    {
        int dvsec = pci.FindCxlDvsec(Dvsec.DeviceId);
        if (dvsec == 0)
        {
            return true;
        }

        uint count = (pci.ReadConfig(dvsec + Dvsec.DeviceCapability, 2) >> Dvsec.CapabilityHdmCountShift) & 3;
        for (int range = 0; range < count && range < 2; range++)
        {
            const uint ready = Dvsec.RangeMemoryInfoValid | Dvsec.RangeMemoryActive;
            if ((pci.ReadConfig(dvsec + Dvsec.DeviceRange1SizeLow + (range * Dvsec.DeviceRangeStride), 4) & ready) != ready)
            {
                return false;
            }
        }

        return true;
    }

    private uint MediaStatus(DeviceRegisterMap map) => (uint)Bits.Get(ReadStatus(map), DeviceRegisters.MediaStatusHigh, DeviceRegisters.MediaStatusLow);

    private ulong ReadStatus(DeviceRegisterMap map) => kernel.HostBus.ReadRegister(map.MemoryDevice.Start, 8);
}
