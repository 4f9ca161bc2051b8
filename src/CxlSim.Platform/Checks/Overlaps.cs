using CxlSim.Core;

namespace CxlSim.Platform.Checks;

/// <summary>Finds address ranges that overlap.</summary>
internal static class Overlaps
{
    /// <summary>Every item that overlaps one that starts before it, with the one of them that ends last.</summary>
    /// <remarks>One finding for each item: a thousand windows at one place are a thousand findings, not a million.</remarks>
    public static IEnumerable<(T Item, T Lower)> Of<T>(IEnumerable<T> items, Func<T, AddressRange> range)
    {
        bool any = false;
        T furthest = default!;
        foreach (T item in items.OrderBy(i => range(i).Start))
        {
            if (any && range(item).Overlaps(range(furthest)))
            {
                yield return (item, furthest);
            }

            furthest = any && range(furthest).Last >= range(item).Last ? furthest : item;
            any = true;
        }
    }
}
