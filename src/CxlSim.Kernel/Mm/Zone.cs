namespace CxlSim.Kernel;

/// <summary>A zone of a node: which pages it spans, and how many of them are there (<c>struct zone</c>). Unit: pages of 4 KiB.</summary>
public sealed class Zone(ZoneType type)
{
    public ZoneType Type => type;

    /// <summary>As sysfs and /proc print it.</summary>
    public string Name => type switch
    {
        ZoneType.Dma => "DMA",
        ZoneType.Dma32 => "DMA32",
        ZoneType.Normal => "Normal",
        ZoneType.Movable => "Movable",
        _ => "Device",
    };

    public ulong StartPfn { get; private set; }

    public ulong SpannedPages { get; private set; }

    public ulong PresentPages { get; private set; }

    /// <summary>Pages that the allocator has.</summary>
    public ulong ManagedPages { get; private set; }

    /// <summary>Managed pages that belong to areas for contiguous allocation.</summary>
    public ulong CmaPages { get; internal set; }

    /// <summary>Nothing allocates in the model: what the allocator has is free.</summary>
    public ulong FreePages => ManagedPages;

    /// <summary>As they were set when memory last came or went.</summary>
    public ZoneWatermarks Watermarks { get; internal set; }

    /// <summary>What it can give away before its high mark is reached.</summary>
    public ulong PagesAboveHigh => ManagedPages > Watermarks.High ? ManagedPages - Watermarks.High : 0;

    public bool IsPopulated => PresentPages > 0;

    public bool Overlaps(ulong startPfn, ulong pages) => SpannedPages > 0 && startPfn < StartPfn + SpannedPages && StartPfn < startPfn + pages;

    public void Grow(ulong startPfn, ulong pages)
    {
        ulong end = SpannedPages == 0 ? startPfn + pages : Math.Max(StartPfn + SpannedPages, startPfn + pages);
        StartPfn = SpannedPages == 0 ? startPfn : Math.Min(StartPfn, startPfn);
        SpannedPages = end - StartPfn;
    }

    public void AddPages(ulong present, ulong managed)
    {
        PresentPages += present;
        ManagedPages += managed;
    }

    /// <summary>Takes pages away; the span shrinks where they lay at its edge (<c>shrink_zone_span</c>).</summary>
    public void RemovePages(ulong startPfn, ulong pages, ulong managed, IEnumerable<(ulong StartPfn, ulong Pages)> left)
    {
        PresentPages -= pages;
        ManagedPages -= managed;
        if (startPfn != StartPfn && startPfn + pages != StartPfn + SpannedPages)
        {
            return;
        }

        SpannedPages = 0;
        StartPfn = 0;
        foreach ((ulong start, ulong count) in left)
        {
            Grow(start, count);
        }
    }
}
