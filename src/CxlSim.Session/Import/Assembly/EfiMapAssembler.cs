using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Efi;

namespace CxlSim.Session;

/// <summary>Makes an EFI map of the memory map: whole pages, apart from one another, and memory-mapped I/O told from what is reserved.</summary>
internal static class EfiMapAssembler
{
    public static IReadOnlyList<EfiEntryDescription> Assemble(ImportSources sources)
    {
        List<EfiEntryDescription> map = [];
        bool isCut = false;
        foreach (EfiEntryDescription entry in MemoryMapReader.Read(sources.Capture, sources.Iomem))
        {
            AddressRange pages = entry.Type == EfiMemoryType.Conventional ? Ranges.WholePages(entry.Range) ?? default : Outward(entry.Range);
            AddressRange[] left = pages.Size.IsZero ? [] : [.. Ranges.Without(pages, map.TakeLast(1).Select(other => other.Range))];
            isCut |= left is not [{ } whole] || whole != entry.Range;
            map.AddRange(left.Where(part => map.Count == 0 || part.Start > map[^1].Range.Last).Select(part => Typed(entry with { Range = part }, sources)));
        }

        if (isCut)
        {
            sources.Findings.NotExpressed("entries of the memory map overlap or are not made of whole pages; they are cut so that each page is in one");
        }

        return map;
    }

    /// <summary>Linux takes memory-mapped I/O out of the map again, so that it is in firmware's map but not in iomem.</summary>
    private static EfiEntryDescription Typed(EfiEntryDescription entry, ImportSources sources)
    {
        bool isMmio = entry.Type == EfiMemoryType.Reserved
            && (sources.Log.Removed.Contains(entry.Range)
                || (sources.Iomem is { IsWhole: true } iomem && sources.Capture.First(CaptureKind.MemoryMap) is not null && !iomem.Top.Any(line => line.Range.Overlaps(entry.Range))));
        return isMmio
            ? new EfiEntryDescription(entry.Range, EfiMemoryType.MemoryMappedIo, EfiEntryDescription.UsualAttributes(EfiMemoryType.MemoryMappedIo, false))
            : entry;
    }

    private static AddressRange Outward(AddressRange range)
    {
        ulong page = ByteSize.Page.Bytes;
        ulong first = range.Start.Value / page;
        return AddressRange.Of(new Hpa(first * page), new ByteSize(((range.Last.Value / page) - first + 1) * page));
    }
}
