using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Efi;

namespace CxlSim.Firmware;

/// <summary>The EFI memory map as bytes: what the description says, and the windows that firmware has set up.</summary>
public static class EfiMapBuilder
{
    public static byte[] Build(PlatformDescription platform, IReadOnlyList<(WindowDescription Window, AddressRange Range)> programmed)
    {
        List<EfiEntryDescription> entries = [.. platform.Memory.Efi];
        foreach ((WindowDescription window, AddressRange range) in programmed)
        {
            if (window.EfiMap != WindowEfiMap.None)
            {
                EfiMemoryAttributes purpose = window.EfiMap == WindowEfiMap.SoftReserved ? EfiMemoryAttributes.SpecificPurpose : EfiMemoryAttributes.None;
                entries.Add(new EfiEntryDescription(range, EfiMemoryType.Conventional, EfiMemoryAttributes.WriteBack | purpose));
            }
        }

        ByteWriter map = new();
        foreach (EfiEntryDescription entry in entries.OrderBy(entry => entry.Range.Start))
        {
            map.Bytes(BinaryLayout.ToBytes(new EfiMemoryDescriptor
            {
                Type = (uint)entry.Type,
                PhysicalStart = entry.Range.Start.Value,
                NumberOfPages = entry.Range.Size / ByteSize.Page,
                Attribute = (ulong)entry.Attributes,
            }));
        }

        return map.ToArray();
    }
}
