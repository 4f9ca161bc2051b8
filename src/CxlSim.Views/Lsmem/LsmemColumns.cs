namespace CxlSim.Views;

/// <summary>Lists of columns as <c>lsmem</c> takes them: <c>RANGE,NODE</c>, in any case, or <c>+NODE</c> to add to what is there.</summary>
public static class LsmemColumns
{
    /// <summary>The tool has room for each twice.</summary>
    private const int Most = 14;

    public static IReadOnlyList<LsmemColumn> All { get; } = Enum.GetValues<LsmemColumn>();

    public static string Heading(LsmemColumn column) => column.ToString().ToUpperInvariant();

    /// <param name="text">The list.</param>
    /// <param name="present">The columns that a plus adds to.</param>
    /// <param name="error">What is wrong with it, else null.</param>
    /// <returns>Nothing where it is wrong.</returns>
    public static IReadOnlyList<LsmemColumn> Parse(string text, IReadOnlyList<LsmemColumn> present, out string? error)
    {
        bool adds = text.StartsWith('+');
        string[] words = (adds ? text[1..] : text).Split(',');
        List<LsmemColumn> columns = adds ? [.. present] : [];
        error = Array.Exists(words, word => word.Length == 0) ? $"found an empty name among the columns '{text}'" : null;
        for (int i = 0; i < words.Length && error is null; i++)
        {
            LsmemColumn? found = All.Where(column => Heading(column).Equals(words[i], StringComparison.OrdinalIgnoreCase)).Select(column => (LsmemColumn?)column).FirstOrDefault();
            if (found is { } column && columns.Count < Most)
            {
                columns.Add(column);
            }
            else
            {
                error = found is null ? $"unknown column: {string.Join(',', words[i..])}" : $"too many columns, the limit is {Most}";
            }
        }

        return error is null ? columns : [];
    }
}
