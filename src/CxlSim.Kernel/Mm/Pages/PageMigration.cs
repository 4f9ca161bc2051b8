namespace CxlSim.Kernel;

/// <summary>Moves pages in use to other places (<c>mm/migrate.c</c>).</summary>
public static class PageMigration
{
    /// <summary>Moves as many pages of a range as find a new place.</summary>
    /// <param name="pages">Gives out new pages, and takes the old.</param>
    /// <param name="holding">Who holds them.</param>
    /// <param name="range">The range that they are a part of.</param>
    /// <param name="part">What is to move; the pages move from its begin on.</param>
    /// <param name="request">Where new pages are looked for.</param>
    /// <param name="frees">Whether the old pages become free; else they are isolated.</param>
    /// <returns>Pages that were moved.</returns>
    public static ulong Move(PageAllocator pages, PageHolding holding, HeldRange range, PageRange part, PageRequest request, bool frees)
    {
        if (!holding.Has(range, part))
        {
            return 0; // reclaim was quicker
        }

        PageAllocator.Withdraw(holding, range, part); // so that reclaim, which the new pages may need, leaves them alone
        PageHolding moved = new(holding.Name);
        ulong count = pages.Allocate(moved, request, part.Pages >> request.Order) << request.Order;
        if (frees && count > 0)
        {
            pages.Release(range.Zone, part.First(count));
        }

        if (!part.Skip(count).IsEmpty)
        {
            range.Zone.CountUse(range.Use, (long)part.Skip(count).Pages);
            pages.Hold(holding, range with { Pages = part.Skip(count) });
        }

        pages.Join(moved, holding);
        return count;
    }
}
