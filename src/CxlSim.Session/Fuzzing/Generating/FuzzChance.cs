using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>Seeded chance in the words of a generator.</summary>
internal static class FuzzChance
{
    public static T Pick<T>(this SimRandom random, params IReadOnlyList<T> from) => from[(int)random.Next((ulong)from.Count)];

    /// <summary>Once in so many times.</summary>
    public static bool Once(this SimRandom random, int times) => random.Next((ulong)times) == 0;

    /// <summary>A number from the first to the last, both included.</summary>
    public static int Between(this SimRandom random, int first, int last) => first + (int)random.Next((ulong)(last - first + 1));

    /// <summary>The same items in another order.</summary>
    public static List<T> Shuffled<T>(this SimRandom random, IEnumerable<T> items)
    {
        List<T> shuffled = [.. items];
        for (int i = shuffled.Count - 1; i > 0; i--)
        {
            int other = random.Between(0, i);
            (shuffled[i], shuffled[other]) = (shuffled[other], shuffled[i]);
        }

        return shuffled;
    }
}
