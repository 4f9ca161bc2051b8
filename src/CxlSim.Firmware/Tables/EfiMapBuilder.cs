using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Efi;

namespace CxlSim.Firmware;

/// <summary>The EFI memory map as bytes: what the description says, and the windows that firmware has set up.</summary>
public static class EfiMapBuilder
{
    private const string Signature = "EFI";

    public static BuiltTable Build(PlatformDescription platform, IReadOnlyList<(WindowDescription Window, AddressRange Range)> programmed)
    {
        string? derivation = platform.Sources.Stated(platform.Memory, "efi") is null ? "DRAM and what a PC keeps for itself" : null;
        List<(EfiEntryDescription Entry, object From, string? Derivation)> entries = [.. platform.Memory.Efi.Select(entry => (entry, (object)entry, derivation))];
        foreach ((WindowDescription window, AddressRange range) in programmed)
        {
            if (window.EfiMap != WindowEfiMap.None)
            {
                EfiMemoryAttributes purpose = window.EfiMap == WindowEfiMap.SoftReserved ? EfiMemoryAttributes.SpecificPurpose : EfiMemoryAttributes.None;
                entries.Add((new EfiEntryDescription(range, EfiMemoryType.Conventional, EfiMemoryAttributes.WriteBack | purpose), window, "the window, whose decoders firmware has programmed"));
            }
        }

        ByteWriter map = new();
        List<TableSource> sources = [];
        foreach ((EfiEntryDescription entry, object from, string? reason) in entries.OrderBy(item => item.Entry.Range.Start))
        {
            sources.Add(new TableSource(Signature, map.Length, EfiMemoryDescriptor.SpecSize, platform.Sources.LocationOf(from), null, reason));
            Note(nameof(EfiMemoryDescriptor.Type), sizeof(uint), "type");
            Note(nameof(EfiMemoryDescriptor.PhysicalStart), sizeof(ulong), "range");
            Note(nameof(EfiMemoryDescriptor.NumberOfPages), sizeof(ulong), "range");
            Note(nameof(EfiMemoryDescriptor.Attribute), sizeof(ulong), platform.Sources.Stated(from, "attributes") is null ? "sp" : "attributes");
            map.Bytes(BinaryLayout.ToBytes(new EfiMemoryDescriptor
            {
                Type = (uint)entry.Type,
                PhysicalStart = entry.Range.Start.Value,
                NumberOfPages = entry.Range.Size / ByteSize.Page,
                Attribute = (ulong)entry.Attributes,
            }));

            void Note(string field, int width, string key)
            {
                SourceLocation? stated = platform.Sources.Stated(from, key);
                int offset = map.Length + (int)Marshal.OffsetOf<EfiMemoryDescriptor>(field);
                sources.Add(new TableSource(Signature, offset, width, stated ?? platform.Sources.LocationOf(from), key, stated is null ? reason ?? "as such memory is cached" : null));
            }
        }

        return new BuiltTable(map.ToArray(), sources);
    }
}
