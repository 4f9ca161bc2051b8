using System.Collections;
using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>The first so many of a list that grows.</summary>
internal sealed class DebugPrefix<T>(List<T> all, int count) : IReadOnlyList<T>
{
    public int Count => count;

    public T this[int index]
    {
        get
        {
            Check.That(index < count, "one of the first {0}, not {1}", count, index);
            return all[index];
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < count; i++)
        {
            yield return all[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
