namespace CxlSim.Platform.Yaml;

/// <summary>Finds the known word that an unknown one was most likely meant to be: of files, and of command lines.</summary>
public static class NearestKey
{
    /// <summary>No word of the language is as long; the distance of longer ones is not worth its time.</summary>
    private const int Longest = 40;

    /// <summary>Null when nothing known is near: more than a third of the letters differ, and more than two. A number is near to none: 3 is no slip for 32.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        if (word.Length > Longest || word.All(char.IsAsciiDigit))
        {
            return null;
        }

        string? nearest = null;
        int best = Math.Max(2, word.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int distance = Distance(word, candidate);
            if (distance < best && distance < candidate.Length)
            {
                (nearest, best) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>"; did you mean 'x'?", or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> known) => Find(word, known) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>Levenshtein: insertions, deletions and replacements that turn one word into the other.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
