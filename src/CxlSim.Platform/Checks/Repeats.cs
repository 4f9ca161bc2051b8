namespace CxlSim.Platform.Checks;

/// <summary>Finds what has the same key as something before it.</summary>
internal static class Repeats
{
    /// <summary>Every item whose key is taken, with the first item that has the key.</summary>
    public static IEnumerable<(T Item, T First)> Of<T, TKey>(IEnumerable<T> items, Func<T, TKey> key)
        where TKey : notnull
    {
        Dictionary<TKey, T> firsts = [];
        foreach (T item in items)
        {
            if (!firsts.TryAdd(key(item), item))
            {
                yield return (item, firsts[key(item)]);
            }
        }
    }
}
