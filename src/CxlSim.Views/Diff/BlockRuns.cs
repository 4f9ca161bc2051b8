using System.Globalization;

namespace CxlSim.Views;

/// <summary>Joins memory blocks in a row to which the same happened: <c>memory146-149</c>.</summary>
internal static class BlockRuns
{
    private const string Prefix = "memory";

    public static IReadOnlyList<DiffEntry> Join(IReadOnlyList<DiffEntry> entries)
    {
        List<DiffEntry> others = [.. entries.Where(entry => Number(entry) is null)];
        List<(ulong First, ulong Last, DiffEntry Entry)> runs = [];
        foreach ((ulong number, DiffEntry entry) in entries.Where(entry => Number(entry) is not null).Select(entry => (Number(entry)!.Value, entry)).OrderBy(found => found.Value))
        {
            if (runs.Count > 0 && runs[^1] is var last && last.Last + 1 == number && (last.Entry.Old, last.Entry.New) == (entry.Old, entry.New))
            {
                runs[^1] = last with { Last = number };
            }
            else
            {
                runs.Add((number, number, entry));
            }
        }

        return
        [
            .. others,
            .. runs.Select(run => run.Entry with { What = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{run.First}{(run.Last > run.First ? $"-{run.Last}" : string.Empty)}") }),
        ];
    }

    private static ulong? Number(DiffEntry entry) =>
        entry.What.StartsWith(Prefix, StringComparison.Ordinal) && ulong.TryParse(entry.What.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;
}
