using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Kernel;

/// <summary>Reads the EFI memory map and makes the x86 memory map of it, twice (<c>drivers/firmware/efi/libstub/x86-stub.c</c>, <c>arch/x86/platform/efi/efi.c</c>).</summary>
public static class EfiMap
{
    /// <summary>The descriptors that make sense; the others are firmware bugs and are dropped with a warning (<c>efi_clean_memmap</c>).</summary>
    public static IReadOnlyList<EfiMemoryDescriptor> Parse(BootHandoff handoff, KernelLog log, KernelFindings findings)
    {
        List<EfiMemoryDescriptor> map = [];
        List<EfiMemoryDescriptor> dropped = [];
        ReadOnlySpan<byte> bytes = handoff.EfiMemoryMap.Span;
        for (int offset = 0; offset + handoff.DescriptorSize <= bytes.Length; offset += handoff.DescriptorSize)
        {
            if (!BinaryLayout.TryRead(bytes[offset..], out EfiMemoryDescriptor descriptor))
            {
                break;
            }

            if (TryRange(descriptor, out _))
            {
                map.Add(descriptor);
                continue;
            }

            dropped.Add(descriptor);
            findings.Report(KernelRules.EfiEntry, new TablePlace("EFI", offset, EfiMemoryDescriptor.SpecSize), $"an entry at 0x{descriptor.PhysicalStart:x} of 0x{descriptor.NumberOfPages:x} pages");
        }

        if (map.Count > 0 && handoff.DescriptorVersion != EfiMemoryDescriptor.Version)
        {
            log.Warning($"efi: descriptors of the memory map have version {handoff.DescriptorVersion}, not {EfiMemoryDescriptor.Version}");
        }

        if (dropped.Count > 0)
        {
            log.Warning("efi: [Firmware Bug]: the memory map has entries that make no sense");
        }

        foreach (EfiMemoryDescriptor descriptor in dropped)
        {
            log.Warning($"efi: invalid entry at 0x{descriptor.PhysicalStart:x} of 0x{descriptor.NumberOfPages:x} pages is removed");
        }

        return map;
    }

    public static bool TryRange(in EfiMemoryDescriptor descriptor, out AddressRange range)
    {
        range = default;
        return descriptor.NumberOfPages <= ulong.MaxValue >> EfiMemoryDescriptor.PageShift
            && AddressRange.TryCreate(new Hpa(descriptor.PhysicalStart), new ByteSize(descriptor.NumberOfPages << EfiMemoryDescriptor.PageShift), out range);
    }

    /// <summary>The boot stub's map: entry after entry, and one that continues the last of its type is joined to it, soft-reserved ones too.</summary>
    public static IReadOnlyList<(AddressRange Range, E820Type Type)> FromStub(IEnumerable<EfiMemoryDescriptor> map, bool softReserve)
    {
        List<(AddressRange Range, E820Type Type)> entries = [];
        foreach (EfiMemoryDescriptor descriptor in map)
        {
            if (StubType(descriptor, softReserve) is not { } type || !TryRange(descriptor, out AddressRange range))
            {
                continue;
            }

            if (entries.Count > 0 && entries[^1].Type == type && entries[^1].Range.Last.Value != ulong.MaxValue
                && entries[^1].Range.Last.Value + 1 == range.Start.Value)
            {
                entries[^1] = (AddressRange.FromBounds(entries[^1].Range.Start, range.Last), type);
            }
            else
            {
                entries.Add((range, type));
            }
        }

        return entries;
    }

    /// <summary>The kernel's second look: every descriptor for itself, and without write-back no RAM (<c>do_add_efi_memmap</c>).</summary>
    public static IEnumerable<(AddressRange Range, E820Type Type)> FromKernel(IEnumerable<EfiMemoryDescriptor> map, bool softReserve)
    {
        foreach (EfiMemoryDescriptor descriptor in map)
        {
            E820Type type = StubType(descriptor, softReserve) ?? E820Type.Reserved;
            bool isCached = ((EfiMemoryAttributes)descriptor.Attribute & EfiMemoryAttributes.WriteBack) != 0;
            if (TryRange(descriptor, out AddressRange range))
            {
                yield return (range, type == E820Type.Ram && !isCached ? E820Type.Reserved : type);
            }
        }
    }

    /// <summary>Whether the second look is needed for the sake of soft-reserved memory.</summary>
    public static bool HasSpecificPurpose(IEnumerable<EfiMemoryDescriptor> map) =>
        map.Any(descriptor => descriptor.Type == (uint)EfiMemoryType.Conventional && IsSpecificPurpose(descriptor));

    private static bool IsSpecificPurpose(in EfiMemoryDescriptor descriptor) =>
        ((EfiMemoryAttributes)descriptor.Attribute & EfiMemoryAttributes.SpecificPurpose) != 0;

    /// <summary>Null for a descriptor that the stub skips.</summary>
    private static E820Type? StubType(in EfiMemoryDescriptor descriptor, bool softReserve) => (EfiMemoryType)descriptor.Type switch
    {
        EfiMemoryType.LoaderCode or EfiMemoryType.LoaderData or EfiMemoryType.BootServicesCode or EfiMemoryType.BootServicesData
            or EfiMemoryType.Conventional => softReserve && IsSpecificPurpose(descriptor) ? E820Type.SoftReserved : E820Type.Ram,
        EfiMemoryType.Reserved or EfiMemoryType.RuntimeServicesCode or EfiMemoryType.RuntimeServicesData or EfiMemoryType.MemoryMappedIo
            or EfiMemoryType.MemoryMappedIoPort or EfiMemoryType.PalCode => E820Type.Reserved,
        EfiMemoryType.Unusable => E820Type.Unusable,
        EfiMemoryType.AcpiReclaim => E820Type.Acpi,
        EfiMemoryType.AcpiNvs => E820Type.Nvs,
        EfiMemoryType.Persistent => E820Type.Pmem,
        _ => null,
    };
}
