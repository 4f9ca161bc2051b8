namespace CxlSim.Cli;

/// <summary>What the last word of a line may become.</summary>
/// <param name="Start">Where the word begins.</param>
/// <param name="Words">Each a whole word, in the order to be shown. One that ends with / or : goes on.</param>
internal sealed record Completion(int Start, IReadOnlyList<string> Words)
{
    /// <summary>The beginning that all of them share.</summary>
    public string Common => Words.Aggregate((a, b) => a[..a.AsSpan().CommonPrefixLength(b)]);

    /// <summary>Of those words the ones that begin like what is typed; where none does, capital and small letters are the same.</summary>
    public static Completion Of(int start, string typed, IEnumerable<string> words)
    {
        string[] all = [.. words.Distinct()];
        string[] exact = [.. all.Where(word => word.StartsWith(typed, StringComparison.Ordinal))];
        return new Completion(start, exact.Length > 0 ? exact : [.. all.Where(word => word.StartsWith(typed, StringComparison.OrdinalIgnoreCase))]);
    }
}
