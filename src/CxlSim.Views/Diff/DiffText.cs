using System.Text;
using System.Text.RegularExpressions;

namespace CxlSim.Views;

/// <summary>Differences for a person: a line each, <c>-</c> for what is gone, <c>+</c> for what is new, <c>~</c> for what changed.</summary>
public static partial class DiffText
{
    private const int Longest = 100;

    /// <summary>Letters that are told of what two values begin with.</summary>
    private const int Before = 20;

    public static string Render(DiffResult diff)
    {
        StringBuilder text = new();
        text.Append($"--- {diff.First}\n+++ {diff.Second}\n");
        if (diff.IsSame)
        {
            text.Append("\nNothing is different.\n");
        }

        foreach (DiffGroup group in diff.Groups)
        {
            text.Append($"\n{group.Name}\n").AppendJoin(string.Empty, group.Entries.Select(entry => $"  {Line(entry)}\n"));
        }

        if (diff.Groups.Any(group => group.Entries.Any(entry => Foreign().IsMatch(entry.What))))
        {
            text.Append("\nNames are those of the first machine; what has a prime is called so by the second machine alone.\n");
        }

        return text.ToString();
    }

    private static string Line(DiffEntry entry) => entry switch
    {
        { Old: null } => $"+ {entry.What}{Behind(entry.New!)}",
        { New: null } => $"- {entry.What}{Behind(entry.Old)}",
        _ => $"~ {entry.What}: {Change(entry.Old, entry.New)}",
    };

    /// <summary>Where two long values begin alike, from where they differ on.</summary>
    private static string Change(string old, string now)
    {
        if (Short(old) != Short(now))
        {
            return $"{Short(old)} -> {Short(now)}";
        }

        int same = Math.Max(old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count() - Before, 0);
        return $"...{Short(old[same..])} -> ...{Short(now[same..])}";
    }

    private static string Behind(string value) => value.Length > 0 ? $": {Short(value)}" : string.Empty;

    [GeneratedRegex(@"\d'")]
    private static partial Regex Foreign();

    private static string Short(string value)
    {
        string line = value.Length == 0 ? "nothing" : value.Replace("\n", "; ", StringComparison.Ordinal);
        return line.Length > Longest ? line[..Longest] + "..." : line;
    }
}
