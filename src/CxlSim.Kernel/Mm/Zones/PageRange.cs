using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>Pages of 4 KiB that lie side by side.</summary>
/// <param name="StartPfn">Number of the first page frame.</param>
/// <param name="Pages">How many.</param>
public readonly record struct PageRange(ulong StartPfn, ulong Pages)
{
    /// <summary>Every page frame that an address can have.</summary>
    public static PageRange All { get; } = new(0, 1UL << 52);

    /// <summary>The page frame behind the last.</summary>
    public ulong EndPfn => StartPfn + Pages;

    public bool IsEmpty => Pages == 0;

    /// <summary>The addresses of them; not to be asked of an empty one.</summary>
    public AddressRange Bytes => AddressRange.Of(new Hpa(StartPfn * ByteSize.Page.Bytes), ByteSize.Page * Pages);

    /// <summary>What both have; empty where that is nothing.</summary>
    public PageRange Shared(PageRange other)
    {
        ulong start = Math.Max(StartPfn, other.StartPfn);
        ulong end = Math.Min(EndPfn, other.EndPfn);
        return end > start ? new PageRange(start, end - start) : default;
    }

    /// <summary>The first pages of it.</summary>
    public PageRange First(ulong pages) => new(StartPfn, Math.Min(pages, Pages));

    /// <summary>What is left without the first pages.</summary>
    public PageRange Skip(ulong pages) => new(StartPfn + Math.Min(pages, Pages), Pages - Math.Min(pages, Pages));
}
