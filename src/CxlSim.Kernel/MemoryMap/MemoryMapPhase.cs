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

    public static void Run(LinuxKernel kernel, BootHandoff handoff)
    {
        KernelLog log = kernel.Log;
        log.Notice($"Linux version {kernel.Config} (simulated)");
        log.Info($"Command line: {handoff.CommandLine}");
        IReadOnlyList<EfiMemoryDescriptor> map = EfiMap.Parse(handoff, log, kernel.Findings);
        bool softReserve = kernel.Config.IsEnabled("EFI_SOFT_RESERVE") && !kernel.CommandLine.HasOption("efi", "nosoftreserve");
        kernel.E820.Add(handoff.MemoryMap.Count > 0 ? Left(handoff) : EfiMap.FromStub(map, softReserve));
        kernel.FirmwareMap = [.. kernel.E820.Entries];
        log.Info("BIOS-provided physical RAM map:");
        ShowFirmwareMap(kernel);
        Print(kernel, "BIOS-e820");
        bool isUserDefined = UserMemoryMap.Apply(kernel);
        if (kernel.CommandLine.Has("add_efi_memmap") || (softReserve && EfiMap.HasSpecificPurpose(map)))
        {
            kernel.E820.Add(EfiMap.FromKernel(map, softReserve)); // takes no heed of what the user has said
        }

        if (isUserDefined)
        {
            if (kernel.E820.Entries.Count < 2)
            {
                kernel.Panic("Invalid user supplied memory map");
                return;
            }

            log.Info("user-defined physical RAM map:");
            Print(kernel, "user");
        }

        Trim(kernel, map);
        Hpa end = kernel.E820.MaxAddress;
        log.Info($"last_pfn = 0x{end.Value >> 12:x} max_arch_pfn = 0x400000000");
        ReserveResources(kernel, handoff);
    }

    /// <summary>The e820 entries that wait until PCI has taken its own (<c>e820__reserve_resources_late</c>).</summary>
    public static void ReserveLate(LinuxKernel kernel)
    {
        foreach (E820Entry entry in kernel.E820.Entries.Where(IsDeviceRegion))
        {
            bool isApart = entry.Type == E820Type.SoftReserved && kernel.Config.Has(KernelChange.SoftReservedApart);
            ResourceTree tree = isApart ? kernel.SoftReserved : kernel.Iomem;
            tree.InsertExpandToFit(new Resource(entry.ResourceName, entry.Range, FlagsOf(entry.Type)));
        }

        foreach (E820Entry entry in kernel.E820.Entries.Where(entry => entry.Type == E820Type.Ram))
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
                LogBuffer(kernel, $"[mem 0x{start:x8}-0x{end - 1:x8}]");
                kernel.Iomem.ReserveWithSplit(AddressRange.FromBounds(new Hpa(start), new Hpa(end - 1)), "RAM buffer");
            }
        }
    }

    private static void LogBuffer(LinuxKernel kernel, string range)
    {
        if (kernel.Config.Has(KernelChange.MapPrintedWithGaps))
        {
            kernel.Log.Info($"e820: register RAM buffer resource {range}");
        }
        else
        {
            kernel.Log.Debug($"e820: reserve RAM buffer {range}");
        }
    }

    private static void Print(LinuxKernel kernel, string who)
    {
        bool hasGaps = kernel.Config.Has(KernelChange.MapPrintedWithGaps);
        ulong next = 0;
        foreach (E820Entry entry in kernel.E820.Entries)
        {
            if (hasGaps && entry.Range.Start.Value > next)
            {
                kernel.Log.Info($"{who}: [gap 0x{next:x16}-0x{entry.Range.Start.Value - 1:x16}]");
            }

            string name = E820Entry.LogName(entry.Type, hasGaps);
            kernel.Log.Info($"{who}: [mem 0x{entry.Range.Start.Value:x16}-0x{entry.Range.Last.Value:x16}] {(hasGaps ? " " : string.Empty)}{name}");
            next = entry.Range.Last.Value == ulong.MaxValue ? ulong.MaxValue : entry.Range.Last.Value + 1;
        }
    }

    /// <summary>What the kernel before made of firmware's map: its word on soft-reserved ranges counts, not this one's <c>efi=nosoftreserve</c>.</summary>
    private static IEnumerable<(AddressRange Range, E820Type Type)> Left(BootHandoff handoff) =>
        handoff.MemoryMap.Select(entry => (entry.Range, (E820Type)entry.Type));

    private static void Trim(LinuxKernel kernel, IReadOnlyList<EfiMemoryDescriptor> map)
    {
        for (int i = 0; i < map.Count; i++)
        {
            if ((EfiMemoryType)map[i].Type == EfiMemoryType.MemoryMappedIo && EfiMap.TryRange(map[i], out AddressRange mmio) && mmio.Size >= LargeMmio)
            {
                kernel.Log.Info($"efi: Remove mem{i}: MMIO range=[0x{mmio.Start.Value:x}-0x{mmio.Last.Value:x}] ({mmio.Size.Bytes >> 20}MB) from e820 map");
                kernel.LogMapRemoval(mmio, E820Type.Reserved);
                kernel.E820.Remove(mmio, E820Type.Reserved);
            }
        }

        kernel.E820.Retype(FirstPage, E820Type.Ram, E820Type.Reserved);
        kernel.LogMapUpdate(FirstPage, E820Type.Ram, E820Type.Reserved);
        kernel.E820.Remove(LegacyHole, E820Type.Ram);
        kernel.LogMapRemoval(LegacyHole, E820Type.Ram);
    }

    private static void ReserveResources(LinuxKernel kernel, BootHandoff handoff)
    {
        foreach (E820Entry entry in kernel.E820.Entries.Where(entry => !IsDeviceRegion(entry)))
        {
            kernel.Iomem.Insert(new Resource(entry.ResourceName, entry.Range, FlagsOf(entry.Type) | ResourceFlags.Busy));
        }

        foreach ((string name, AddressRange range) in handoff.KernelImage)
        {
            kernel.Iomem.Insert(new Resource(name, range, ResourceFlags.Busy | ResourceFlags.SystemRam));
        }

        kernel.Iomem.RequestRegion(SystemRom, "System ROM");
    }

    private static void ShowFirmwareMap(LinuxKernel kernel)
    {
        KObject directory = kernel.Sysfs.Root.Directory("firmware").Directory("memmap");
        int number = 0;
        foreach (E820Entry entry in kernel.E820.Entries)
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
