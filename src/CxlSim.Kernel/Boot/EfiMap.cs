using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Kernel;

/// <summary>Reads the EFI memory map and makes the x86 memory map of it (<c>drivers/firmware/efi/libstub/x86-stub.c</c>).</summary>
public static class EfiMap
{
    /// <summary>The descriptors that make sense; the others are firmware bugs and are dropped with a warning.</summary>
    public static IReadOnlyList<EfiMemoryDescriptor> Parse(BootHandoff handoff, KernelLog log)
    {
        List<EfiMemoryDescriptor> map = [];
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
            }
            else
            {
                log.Warning($"efi: [Firmware Bug]: invalid EFI memory map entry at {descriptor.PhysicalStart:x}, {descriptor.NumberOfPages} pages; ignored");
            }
        }

        return map;
    }

    public static bool TryRange(in EfiMemoryDescriptor descriptor, out AddressRange range)
    {
        range = default;
        return descriptor.NumberOfPages <= ulong.MaxValue >> EfiMemoryDescriptor.PageShift
            && AddressRange.TryCreate(new Hpa(descriptor.PhysicalStart), new ByteSize(descriptor.NumberOfPages << EfiMemoryDescriptor.PageShift), out range);
    }

    /// <summary>The type of a descriptor in the x86 map; null for one that is skipped.</summary>
    public static E820Type? ToE820(in EfiMemoryDescriptor descriptor, bool softReserve) => (EfiMemoryType)descriptor.Type switch
    {
        EfiMemoryType.LoaderCode or EfiMemoryType.LoaderData or EfiMemoryType.BootServicesCode or EfiMemoryType.BootServicesData
            or EfiMemoryType.Conventional =>
            softReserve && (descriptor.Attribute & (ulong)EfiMemoryAttributes.SpecificPurpose) != 0 ? E820Type.SoftReserved : E820Type.Ram,
        EfiMemoryType.Reserved or EfiMemoryType.RuntimeServicesCode or EfiMemoryType.RuntimeServicesData or EfiMemoryType.MemoryMappedIo
            or EfiMemoryType.MemoryMappedIoPort or EfiMemoryType.PalCode => E820Type.Reserved,
        EfiMemoryType.Unusable => E820Type.Unusable,
        EfiMemoryType.AcpiReclaim => E820Type.Acpi,
        EfiMemoryType.AcpiNvs => E820Type.Nvs,
        EfiMemoryType.Persistent => E820Type.Pmem,
        _ => null,
    };
}
