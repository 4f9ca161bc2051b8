using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Spec.Cxl;

namespace CxlSim.Kernel;

/// <summary>Finds register blocks, looks into them and takes them in iomem (<c>drivers/cxl/core/regs.c</c>).</summary>
public static class RegisterMap
{
    /// <summary>Component registers (CXL r3.1 8.2.3).</summary>
    private static readonly ByteSize BlockSize = ByteSize.KiB(64);

    /// <summary>As far as the 32-bit offset and length of a device capability can point.</summary>
    private static readonly ByteSize DeviceReach = ByteSize.GiB(8);

    /// <summary>Where a register block of a function lies, by its register locator; null where there is none (<c>cxl_find_regblock</c>).</summary>
    /// <remarks>An entry that points past the end of its BAR is passed over with a warning.</remarks>
    public static Hpa? FindBlock(KernelCore core, PciDevice pci, byte blockId)
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
            ByteSize offset = new(((ulong)high << 32) | (low & 0xffff_0000));
            PciResource? bar = pci.Resources.Find(resource => resource.Bar.Index == (int)(low & 7));
            if (offset > (bar?.Range.Size ?? ByteSize.Zero))
            {
                core.Log.Warning(pci, $"BAR {low & 7} ends before the register block at offset 0x{offset.Bytes:x} (type {(low >> 8) & 0xff})");
                continue;
            }

            if (Bits.Get(low, 15, 8) == blockId)
            {
                return bar is not null && AddressRange.TryCreate(bar.Range.Start + offset, new ByteSize(1), out AddressRange first) ? first.Start : null;
            }
        }

        return null;
    }

    /// <summary>Looks through the capabilities of a component register block: of all that there are, Linux uses RAS and the HDM decoders (<c>cxl_setup_regs</c>).</summary>
    public static ComponentRegisterMap SetUpComponents(KernelCore core, Device owner, Hpa block)
    {
        if (!AddressRange.TryCreate(block, BlockSize, out _))
        {
            return new ComponentRegisterMap(block, null, null); // ioremap refuses what does not lie in the address space
        }

        IHostBus bus = core.HostBus;
        core.Log.Debug(owner, $"Mapped CXL Memory Device resource 0x{block.Value:x16}");
        Hpa array = block + new ByteSize(ComponentRegisters.CacheMemOffset);
        uint header = (uint)bus.ReadRegister(array, 4);
        if ((header & 0xffff) != ComponentRegisters.HeaderId)
        {
            core.Log.Error(owner, "the component registers have no capability array");
        }

        AddressRange? ras = null;
        Hpa? hdm = null;
        uint count = (header & 0xffff) == ComponentRegisters.HeaderId ? header >> 24 : 0;
        for (uint i = 1; i <= count; i++)
        {
            uint capability = (uint)bus.ReadRegister(array + new ByteSize(4 * i), 4);
            uint offset = capability >> 20;
            Hpa place = array + new ByteSize(offset);
            switch (capability & 0xffff)
            {
                case ComponentRegisters.RasId:
                    core.Log.Debug(owner, $"found RAS capability (0x{offset:x})");
                    ras = AddressRange.Of(place, new ByteSize(ComponentRegisters.RasSize));
                    break;
                case ComponentRegisters.HdmDecoderId:
                    core.Log.Debug(owner, $"found HDM decoder capability (0x{offset:x})");
                    hdm = place;
                    break;
                case var id:
                    core.Log.Debug(owner, $"Unknown CM cap ID: {id} (0x{offset:x})");
                    break;
            }
        }

        core.Log.Debug(owner, "Set up component registers");
        return new ComponentRegisterMap(block, ras, hdm);
    }

    /// <summary>The capabilities of a device register block that Linux needs; null, and an error that lists them, where some are missing (<c>cxl_probe_device_regs</c>).</summary>
    public static DeviceRegisterMap? ProbeDevice(KernelCore core, Device owner, Hpa block)
    {
        if (!AddressRange.TryCreate(block, DeviceReach, out _))
        {
            return null;
        }

        core.Log.Debug(owner, $"Mapped CXL Memory Device resource 0x{block.Value:x16}");
        Dictionary<uint, AddressRange> found = ReadDeviceArray(core, owner, block);
        string[] missing =
        [
            .. new (uint Id, string Name)[]
            {
                (DeviceRegisters.StatusId, "status"), (DeviceRegisters.PrimaryMailboxId, "mailbox"), (DeviceRegisters.MemoryDeviceId, "memory device status"),
            }.Where(wanted => !found.ContainsKey(wanted.Id)).Select(wanted => wanted.Name),
        ];
        if (missing.Length > 0)
        {
            core.Log.Error(owner, $"the device registers lack: {string.Join(", ", missing)}");
            return null;
        }

        core.Log.Debug(owner, "Probing device registers...");
        return new DeviceRegisterMap(found[DeviceRegisters.StatusId], found[DeviceRegisters.PrimaryMailboxId], found[DeviceRegisters.MemoryDeviceId]);
    }

    /// <summary>Takes a block in iomem under a device's name, until the driver of <paramref name="owner"/> lets go (<c>devm_cxl_iomap_block</c>).</summary>
    public static bool Take(KernelCore core, Device owner, AddressRange block, string name)
    {
        if (core.Iomem.RequestRegion(block, name) is not { } resource)
        {
            core.Log.Error(owner, $"registers at {MemFormat.Of(block)} are in use");
            return false;
        }

        owner.OnUnbind(() =>
        {
            ResourceTree.Release(resource);
            return SimTask.CompletedTask;
        });
        return true;
    }

    private static Dictionary<uint, AddressRange> ReadDeviceArray(KernelCore core, Device owner, Hpa block)
    {
        const int mostCapabilities = 64;
        IHostBus bus = core.HostBus;
        ulong array = bus.ReadRegister(block, 8);
        bool isArray = (array & 0xffff) == DeviceRegisters.ArrayId;
        int count = isArray ? (int)Math.Min(mostCapabilities, Bits.Get(array, DeviceRegisters.ArrayCountHigh, DeviceRegisters.ArrayCountLow)) : 0;
        Dictionary<uint, AddressRange> found = [];
        for (int i = 1; i <= count; i++)
        {
            Hpa entry = block + new ByteSize((ulong)(i * DeviceRegisters.CapabilityStride));
            uint id = (uint)bus.ReadRegister(entry, 4) & 0xffff;
            ulong offset = bus.ReadRegister(entry + new ByteSize(DeviceRegisters.HeaderOffset), 4);
            ulong length = bus.ReadRegister(entry + new ByteSize(DeviceRegisters.HeaderLength), 4);
            core.Log.Debug(owner, NameOf(id) is { } name ? $"found {name} capability (0x{offset:x})" : $"device capability 0x{id:x} at 0x{offset:x} is unknown");
            if (AddressRange.TryCreate(block + new ByteSize(offset), new ByteSize(length), out AddressRange range))
            {
                found.TryAdd(id, range);
            }
        }

        return found;
    }

    private static string? NameOf(uint id) => id switch
    {
        DeviceRegisters.StatusId => "Status",
        DeviceRegisters.PrimaryMailboxId => "Mailbox",
        DeviceRegisters.SecondaryMailboxId => "Secondary Mailbox",
        DeviceRegisters.MemoryDeviceId => "Memory Device",
        _ => null,
    };
}
