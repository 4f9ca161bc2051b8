namespace CxlSim.Kernel;

/// <summary>What follows from <see cref="PageUse"/>.</summary>
public static class PageUses
{
    /// <summary>2 MiB, in powers of two of pages.</summary>
    public const int HugeOrder = 9;

    /// <summary>1 GiB, in powers of two of pages.</summary>
    public const int GiganticOrder = 18;

    /// <summary>Whether it comes to lie in Movable and in areas for contiguous allocation (<c>__GFP_MOVABLE</c>).</summary>
    public static bool IsMovable(this PageUse use) => use is PageUse.Anonymous or PageUse.TransparentHuge or PageUse.Huge2M;

    /// <summary>Whether isolating its page block fails at once (<c>has_unmovable_pages</c> in <c>mm/page_isolation.c</c>). A pinned page passes; it is its migration that fails.</summary>
    public static bool BlocksIsolation(this PageUse use) => use is PageUse.Kernel or PageUse.Memmap or PageUse.Huge1G;

    /// <summary>Whether its pages can be moved elsewhere (<c>migrate_pages</c>).</summary>
    public static bool CanMigrate(this PageUse use) => use.IsMovable();

    /// <summary>Whether reclaim may demote it: what is on the lists of least recently used pages.</summary>
    public static bool CanDemote(this PageUse use) => use is PageUse.Anonymous or PageUse.TransparentHuge;

    /// <summary>Size of a page of this kind, in powers of two of pages of 4 KiB.</summary>
    public static int Order(this PageUse use) => use switch
    {
        PageUse.TransparentHuge or PageUse.Huge2M => HugeOrder,
        PageUse.Huge1G => GiganticOrder,
        _ => 0,
    };
}
