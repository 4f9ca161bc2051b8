namespace CxlSim.Views;

/// <summary>The lines that two texts do not have in common, in their order: a longest common subsequence is what they share.</summary>
internal static class LineDiff
{
    /// <summary>Of longer texts the lines are counted between what they begin and end with: the table would be too large.</summary>
    private const long LargestTable = 1 << 24;

    public static IReadOnlyList<DiffEntry> Of(IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        int start = 0;
        while (start < old.Count && start < now.Count && old[start] == now[start])
        {
            start++;
        }

        int end = 0;
        while (end < old.Count - start && end < now.Count - start && old[^(end + 1)] == now[^(end + 1)])
        {
            end++;
        }

        string[] oldRest = [.. old.Skip(start).Take(old.Count - start - end)];
        string[] newRest = [.. now.Skip(start).Take(now.Count - start - end)];
        return (long)oldRest.Length * newRest.Length > LargestTable
            ? Unordered(oldRest, newRest)
            : [.. Walk(oldRest, newRest, Lengths(oldRest, newRest))];
    }

    /// <summary>What one has more of than the other; where that is nothing they differ in the order, and the first lines that do are told.</summary>
    private static DiffEntry[] Unordered(string[] old, string[] now)
    {
        DiffEntry[] found = [.. Beyond(old, now).Select(Gone), .. Beyond(now, old).Select(Added)];
        return found.Length > 0 ? found : [Gone(old[0]), Added(now[0])];
    }

    private static IEnumerable<string> Beyond(string[] lines, string[] others)
    {
        Dictionary<string, int> left = others.CountBy(line => line).ToDictionary();
        foreach (string line in lines)
        {
            int count = left.GetValueOrDefault(line);
            if (count == 0)
            {
                yield return line;
            }

            left[line] = Math.Max(count - 1, 0);
        }
    }

    private static DiffEntry Gone(string line) => new(line, string.Empty, null);

    private static DiffEntry Added(string line) => new(line, null, string.Empty);

    /// <summary>How many lines the ends of both texts share, from each pair of lines on.</summary>
    private static int[,] Lengths(string[] old, string[] now)
    {
        int[,] lengths = new int[old.Length + 1, now.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = now.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = old[i] == now[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }

    private static IEnumerable<DiffEntry> Walk(string[] old, string[] now, int[,] lengths)
    {
        int i = 0;
        int j = 0;
        while (i < old.Length || j < now.Length)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                (i, j) = (i + 1, j + 1);
            }
            else if (j == now.Length || (i < old.Length && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                yield return Gone(old[i++]);
            }
            else
            {
                yield return Added(now[j++]);
            }
        }
    }
}
