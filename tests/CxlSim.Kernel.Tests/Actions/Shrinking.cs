namespace CxlSim.Kernel.Tests;

/// <summary>Makes a list that fails as short as it gets: leaves out halves, quarters, single items, as long as it fails.</summary>
internal static class Shrinking
{
    public static List<T> Shrink<T>(List<T> failing, Func<List<T>, bool> fails)
    {
        for (int length = failing.Count / 2; length > 0;)
        {
            bool shrunk = false;
            for (int from = 0; from < failing.Count && !shrunk; from += length)
            {
                List<T> shorter = [.. failing.Take(from), .. failing.Skip(from + length)];
                if (fails(shorter))
                {
                    failing = shorter;
                    shrunk = true;
                }
            }

            length = shrunk ? Math.Min(length, Math.Max(1, failing.Count / 2)) : length / 2;
            if (failing.Count == 0)
            {
                break;
            }
        }

        return failing;
    }
}
