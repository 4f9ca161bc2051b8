using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Kernel;

/// <summary>From the EFI map to the x86 map and the first lines of iomem (<c>arch/x86/kernel/setup.c</c>, <c>e820.c</c>).</summary>
public static class MemoryMapPhase
{
    private static readonly AddressRange FirstPage = AddressRange.Of(Hpa.Zero, ByteSize.Page);
    private static readonly AddressRange LegacyHole = AddressRange.FromBounds(new Hpa(0xa_0000), new Hpa(0xf_ffff));
    private static readonly AddressRange SystemRom = AddressRange.FromBounds(new Hpa(0xf_0000), new Hpa(0xf_ffff));

    /// <summary>MMIO ranges of at least this size are taken out of the map (<c>efi_remove_e820_mmio</c>).</summary>
    private static readonly ByteSize LargeMmio = ByteSize.KiB(256);

    public static void Run(KernelCore core, E820Table e820)
    {
        BootHandoff handoff = core.Handoff;
        KernelLog log = core.Log;
        log.Notice($"Linux version {core.Config} (simulated)");
        log.Info($"Command line: {handoff.CommandLine}");
        IReadOnlyList<EfiMemoryDescriptor> map = EfiMap.Parse(handoff, log, core.Findings);
        bool softReserve = core.Config.IsEnabled("EFI_SOFT_RESERVE") && !core.CommandLine.HasOption("efi", "nosoftreserve");
        e820.Add(handoff.MemoryMap.Count > 0 ? Left(handoff) : EfiMap.FromStub(map, softReserve));
        e820.FirmwareMap = [.. e820.Entries];
        log.Info("BIOS-provided physical RAM map:");
        ShowFirmwareMap(core, e820);
        Print(core, e820, "BIOS-e820");
        bool isUserDefined = UserMemoryMap.Apply(core, e820);
        if (core.CommandLine.Has("add_efi_memmap") || (softReserve && EfiMap.HasSpecificPurpose(map)))
        {
            e820.Add(EfiMap.FromKernel(map, softReserve)); // takes no heed of what the user has said
        }

        if (isUserDefined)
        {
            if (e820.Entries.Count < 2)
            {
                core.Panic("Invalid user supplied memory map");
                return;
            }

            log.Info("user-defined physical RAM map:");
            Print(core, e820, "user");
        }

        Trim(core, e820, map);
        Hpa end = e820.MaxAddress;
        log.Info($"last_pfn = 0x{end.Value >> 12:x} max_arch_pfn = 0x{(core.AddressSizes.LastMapped.Value + 1) >> 12:x}");
        ReserveResources(core, e820);
    }

    /// <summary>The e820 entries that wait until PCI has taken its own (<c>e820__reserve_resources_late</c>).</summary>
    public static void ReserveLate(KernelCore core, E820Table e820)
    {
        foreach (E820Entry entry in e820.Entries.Where(IsDeviceRegion))
        {
            bool isApart = entry.Type == E820Type.SoftReserved && core.Config.Has(KernelChange.SoftReservedApart);
            ResourceTree tree = isApart ? core.SoftReserved : core.Iomem;
            tree.InsertExpandToFit(new Resource(entry.ResourceName, entry.Range, FlagsOf(entry.Type)));
        }

        foreach (E820Entry entry in e820.Entries.Where(entry => entry.Type == E820Type.Ram))
        {
            ulong unit = RamAlignment(entry.Range.Last).Bytes;
            if (entry.Range.Last.Value > ulong.MaxValue - unit)
            {
                continue; // firmware says that RAM ends with the address space: nothing lies above it
            }

            ulong start = entry.Range.Last.Value + 1;
            ulong end = (start + unit - 1) / unit * unit;
            if (end > start)
            {
                LogBuffer(core, $"[mem 0x{start:x8}-0x{end - 1:x8}]");
                core.Iomem.ReserveWithSplit(AddressRange.FromBounds(new Hpa(start), new Hpa(end - 1)), "RAM buffer");
            }
        }
    }

    private static void LogBuffer(KernelCore core, string range)
    {
        if (core.Config.Has(KernelChange.MapPrintedWithGaps))
        {
            core.Log.Info($"e820: register RAM buffer resource {range}");
        }
        else
        {
            core.Log.Debug($"e820: reserve RAM buffer {range}");
        }
    }

    private static void Print(KernelCore core, E820Table e820, string who)
    {
        bool hasGaps = core.Config.Has(KernelChange.MapPrintedWithGaps);
        ulong next = 0;
        foreach (E820Entry entry in e820.Entries)
        {
            if (hasGaps && entry.Range.Start.Value > next)
            {
                core.Log.Info($"{who}: [gap 0x{next:x16}-0x{entry.Range.Start.Value - 1:x16}]");
            }

            string name = E820Entry.LogName(entry.Type, hasGaps);
            core.Log.Info($"{who}: [mem 0x{entry.Range.Start.Value:x16}-0x{entry.Range.Last.Value:x16}] {(hasGaps ? " " : string.Empty)}{name}");
            next = entry.Range.Last.Value == ulong.MaxValue ? ulong.MaxValue : entry.Range.Last.Value + 1;
        }
    }

    /// <summary>What the kernel before made of firmware's map: its word on soft-reserved ranges counts, not this one's <c>efi=nosoftreserve</c>.</summary>
    private static IEnumerable<(AddressRange Range, E820Type Type)> Left(BootHandoff handoff) =>
        handoff.MemoryMap.Select(entry => (entry.Range, (E820Type)entry.Type));

    private static void Trim(KernelCore core, E820Table e820, IReadOnlyList<EfiMemoryDescriptor> map)
    {
        for (int i = 0; i < map.Count; i++)
        {
            if ((EfiMemoryType)map[i].Type == EfiMemoryType.MemoryMappedIo && EfiMap.TryRange(map[i], out AddressRange mmio) && mmio.Size >= LargeMmio)
            {
                core.Log.Info($"efi: Remove mem{i}: MMIO range=[0x{mmio.Start.Value:x}-0x{mmio.Last.Value:x}] ({mmio.Size.Bytes >> 20}MB) from e820 map");
                e820.LogRemoval(mmio, E820Type.Reserved);
                e820.Remove(mmio, E820Type.Reserved);
            }
        }

        e820.Retype(FirstPage, E820Type.Ram, E820Type.Reserved);
        e820.LogUpdate(FirstPage, E820Type.Ram, E820Type.Reserved);
        e820.Remove(LegacyHole, E820Type.Ram);
        e820.LogRemoval(LegacyHole, E820Type.Ram);
    }

    private static void ReserveResources(KernelCore core, E820Table e820)
    {
        foreach (E820Entry entry in e820.Entries.Where(entry => !IsDeviceRegion(entry)))
        {
            core.Iomem.Insert(new Resource(entry.ResourceName, entry.Range, FlagsOf(entry.Type) | ResourceFlags.Busy));
        }

        foreach ((string name, AddressRange range) in core.Handoff.KernelImage)
        {
            core.Iomem.Insert(new Resource(name, range, ResourceFlags.Busy | ResourceFlags.SystemRam));
        }

        core.Iomem.RequestRegion(SystemRom, "System ROM");
    }

    private static void ShowFirmwareMap(KernelCore core, E820Table e820)
    {
        KObject directory = core.Sysfs.Root.Directory("firmware").Directory("memmap");
        int number = 0;
        foreach (E820Entry entry in e820.Entries)
        {
            directory.Attach(new FirmwareMapEntry(number++, entry));
        }
    }

    /// <summary>Above 1 MiB these may belong to a device, so PCI goes first (<c>do_mark_busy</c>).</summary>
    private static bool IsDeviceRegion(E820Entry entry) =>
        entry.Range.Start.Value >= 1 << 20 && entry.Type is E820Type.Reserved or E820Type.SoftReserved or E820Type.Pmem or E820Type.Pram;

    private static ResourceFlags FlagsOf(E820Type type) => type switch
    {
        E820Type.Ram => ResourceFlags.SystemRam,
        E820Type.SoftReserved => ResourceFlags.SoftReserved,
        _ => ResourceFlags.None,
    };

    /// <summary>How far "RAM buffer" reaches above the end of a stretch of RAM (<c>ram_alignment</c>).</summary>
    private static ByteSize RamAlignment(Hpa address) => (address.Value >> 20) switch
    {
        0 => ByteSize.KiB(64),
        < 16 => ByteSize.MiB(1),
        _ => ByteSize.MiB(64),
    };
}
