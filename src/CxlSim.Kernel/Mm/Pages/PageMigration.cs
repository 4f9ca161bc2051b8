namespace CxlSim.Kernel;

/// <summary>Moves pages in use to other places (<c>mm/migrate.c</c>).</summary>
public static class PageMigration
{
    /// <summary>Moves as many pages of a range as find a new place.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="holding">Who holds them.</param>
    /// <param name="range">The range that they are a part of.</param>
    /// <param name="part">What is to move; the pages move from its begin on.</param>
    /// <param name="request">Where new pages are looked for.</param>
    /// <param name="frees">Whether the old pages become free; else they are isolated.</param>
    /// <returns>Pages that were moved.</returns>
    public static ulong Move(LinuxKernel kernel, PageHolding holding, HeldRange range, PageRange part, PageRequest request, bool frees)
    {
        PageHolding moved = new(holding.Name);
        ulong pages = kernel.Pages.Allocate(moved, request, part.Pages >> request.Order) << request.Order;
        if (pages > 0)
        {
            PageAllocator.Withdraw(holding, range, part.First(pages));
            if (frees)
            {
                kernel.Pages.Release(range.Zone, part.First(pages));
            }
        }

        kernel.Pages.Join(moved, holding);
        return pages;
    }
}
