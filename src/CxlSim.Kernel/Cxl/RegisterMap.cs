using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Finds register blocks and takes them in iomem (<c>drivers/cxl/core/regs.c</c>).</summary>
public static class RegisterMap
{
    /// <summary>Component registers (CXL r3.1 8.2.3).</summary>
    private static readonly ByteSize BlockSize = ByteSize.KiB(64);

    /// <summary>As far as the 32-bit offset and length of a device capability can point.</summary>
    private static readonly ByteSize DeviceReach = ByteSize.GiB(8);

    /// <summary>Where a register block of a function lies, by its register locator; null where there is none or the BAR has no address.</summary>
    public static Hpa? FindBlock(PciDevice pci, byte blockId)
    {
        int locator = pci.FindCxlDvsec(Dvsec.RegisterLocatorId);
        if (locator == 0)
        {
            return null;
        }

        int length = (int)(pci.ReadConfig(locator + Dvsec.Header1, 4) >> 20);
        for (int entry = Dvsec.LocatorFirstBlock; entry + Dvsec.LocatorBlockStride <= length; entry += Dvsec.LocatorBlockStride)
        {
            uint low = pci.ReadConfig(locator + entry, 4);
            uint high = pci.ReadConfig(locator + entry + 4, 4);
            if (Bits.Get(low, 15, 8) != blockId)
            {
                continue;
            }

            ByteSize offset = new(((ulong)high << 32) | (low & 0xffff_0000));
            PciResource? bar = pci.Resources.Find(resource => resource.Index == (int)(low & 7));
            return bar is not null && offset < bar.Range.Size ? bar.Range.Start + offset : null;
        }

        return null;
    }

    /// <summary>The capabilities of a component register block that Linux maps: RAS, and the HDM decoders' start (<c>cxl_probe_component_regs</c>).</summary>
    public static (AddressRange? Ras, Hpa? Hdm) ProbeComponents(IHostBus bus, Hpa block)
    {
        if (!AddressRange.TryCreate(block, BlockSize, out _))
        {
            return (null, null); // ioremap refuses what does not lie in the address space
        }

        Hpa array = block + new ByteSize(ComponentRegisters.CacheMemOffset);
        uint header = (uint)bus.ReadRegister(array, 4);
        AddressRange? ras = null;
        Hpa? hdm = null;
        uint count = (header & 0xffff) == ComponentRegisters.HeaderId ? header >> 24 : 0;
        for (uint i = 1; i <= count; i++)
        {
            uint capability = (uint)bus.ReadRegister(array + new ByteSize(4 * i), 4);
            Hpa place = array + new ByteSize(capability >> 20);
            switch (capability & 0xffff)
            {
                case ComponentRegisters.RasId:
                    ras = AddressRange.Of(place, new ByteSize(ComponentRegisters.RasSize));
                    break;
                case ComponentRegisters.HdmDecoderId:
                    hdm = place;
                    break;
            }
        }

        return (ras, hdm);
    }

    /// <summary>The capabilities of a device register block that Linux needs; null where one is missing (<c>cxl_probe_device_regs</c>).</summary>
    public static DeviceRegisterMap? ProbeDevice(IHostBus bus, Hpa block)
    {
        if (!AddressRange.TryCreate(block, DeviceReach, out _))
        {
            return null;
        }

        const int mostCapabilities = 64;
        ulong array = bus.ReadRegister(block, 8);
        int count = (int)Math.Min(mostCapabilities, Bits.Get(array, DeviceRegisters.ArrayCountHigh, DeviceRegisters.ArrayCountLow));
        Dictionary<uint, AddressRange> found = [];
        for (int i = 1; i <= count; i++)
        {
            Hpa entry = block + new ByteSize((ulong)(i * DeviceRegisters.CapabilityStride));
            uint id = (uint)bus.ReadRegister(entry, 4) & 0xffff;
            ulong offset = bus.ReadRegister(entry + new ByteSize(DeviceRegisters.HeaderOffset), 4);
            ulong length = bus.ReadRegister(entry + new ByteSize(DeviceRegisters.HeaderLength), 4);
            if (AddressRange.TryCreate(block + new ByteSize(offset), new ByteSize(length), out AddressRange range))
            {
                found.TryAdd(id, range);
            }
        }

        return found.TryGetValue(DeviceRegisters.StatusId, out AddressRange status)
            && found.TryGetValue(DeviceRegisters.PrimaryMailboxId, out AddressRange mailbox)
            && found.TryGetValue(DeviceRegisters.MemoryDeviceId, out AddressRange memory)
            ? new DeviceRegisterMap(status, mailbox, memory)
            : null;
    }

    /// <summary>Takes a block in iomem under a device's name, until the driver of <paramref name="owner"/> lets go (<c>devm_cxl_iomap_block</c>).</summary>
    public static bool Take(LinuxKernel kernel, Device owner, AddressRange block, string name)
    {
        if (kernel.Iomem.RequestRegion(block, name) is not { } resource)
        {
            kernel.Log.Error(owner, $"registers at {MemFormat.Of(block)} are in use");
            return false;
        }

        owner.OnUnbind(() =>
        {
            ResourceTree.Release(resource);
            return SimTask.CompletedTask;
        });
        return true;
    }
}
