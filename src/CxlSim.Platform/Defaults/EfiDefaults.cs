using CxlSim.Core;
using CxlSim.Spec.Efi;

namespace CxlSim.Platform.Defaults;

/// <summary>The EFI memory map of a machine whose description has none.</summary>
internal static class EfiDefaults
{
    /// <summary>The end of low memory holds the ACPI tables, where SeaBIOS and OVMF put them too, and then what ACPI keeps at run time.</summary>
    public static readonly ByteSize AcpiReclaim = ByteSize.KiB(512);

    public static readonly ByteSize AcpiNvs = ByteSize.KiB(512);

    /// <summary>Below it there is no room for a kernel beside the ACPI areas.</summary>
    public static readonly ByteSize LeastLowMemory = ByteSize.MiB(4);

    public static IReadOnlyList<EfiEntryDescription> Of(IReadOnlyList<DramNodeDescription> nodes)
    {
        IReadOnlyList<AddressRange> dram = [.. nodes.SelectMany(n => n.Ranges).OrderBy(r => r.Start)];
        List<EfiEntryDescription> entries = [];
        AddressRange? top = TopOfLow(dram);
        foreach (AddressRange range in dram.SelectMany(AddressSpace.WithoutLegacyHole))
        {
            if (top is { } low && range.Last == low.Last && range.Size >= LeastLowMemory)
            {
                AddTopOfLow(entries, range);
            }
            else
            {
                entries.Add(Entry(range, EfiMemoryType.Conventional));
            }
        }

        // Linux trusts the memory-mapped configuration space only where firmware has reserved it (arch/x86/pci/mmconfig-shared.c).
        entries.Add(Entry(AddressSpace.ConfigurationSpace, EfiMemoryType.Reserved));
        return [.. entries.OrderBy(e => e.Range.Start)];
    }

    /// <summary>The DRAM range that ends highest below 4 GiB; null where there is none.</summary>
    public static AddressRange? TopOfLow(IEnumerable<AddressRange> dram)
    {
        IReadOnlyList<AddressRange> low = [.. dram.Where(r => r.Last.Value < AddressSpace.HighDram)];
        return low.Count == 0 ? null : low.MaxBy(r => r.Last);
    }

    /// <summary>How the range may be cached, by what it is (UEFI 2.10 7.2.3).</summary>
    public static EfiMemoryAttributes AttributesOf(EfiMemoryType type, bool specificPurpose)
    {
        EfiMemoryAttributes attributes = type switch
        {
            >= EfiMemoryType.LoaderCode and <= EfiMemoryType.BootServicesData
                or EfiMemoryType.Conventional or EfiMemoryType.AcpiReclaim or EfiMemoryType.AcpiNvs or EfiMemoryType.Persistent
                => EfiMemoryAttributes.WriteBack | EfiMemoryAttributes.WriteCombining | EfiMemoryAttributes.WriteThrough | EfiMemoryAttributes.Uncacheable,
            EfiMemoryType.MemoryMappedIo => EfiMemoryAttributes.Uncacheable | EfiMemoryAttributes.Runtime,
            _ => EfiMemoryAttributes.WriteBack,
        };
        return specificPurpose ? attributes | EfiMemoryAttributes.SpecificPurpose : attributes;
    }

    private static void AddTopOfLow(List<EfiEntryDescription> entries, AddressRange range)
    {
        Hpa nvs = new(AddressSpace.End(range) - AcpiNvs.Bytes);
        Hpa reclaim = nvs - AcpiReclaim;
        entries.Add(Entry(AddressRange.Of(range.Start, reclaim - range.Start), EfiMemoryType.Conventional));
        entries.Add(Entry(AddressRange.Of(reclaim, AcpiReclaim), EfiMemoryType.AcpiReclaim));
        entries.Add(Entry(AddressRange.Of(nvs, AcpiNvs), EfiMemoryType.AcpiNvs));
    }

    private static EfiEntryDescription Entry(AddressRange range, EfiMemoryType type) => new(range, type, AttributesOf(type, specificPurpose: false));
}
