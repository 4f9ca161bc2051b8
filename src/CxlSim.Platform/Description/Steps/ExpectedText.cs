using System.Text.RegularExpressions;
using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>A text that must be found: itself, or a regular expression between slashes.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Text">As the file has it.</param>
public sealed record ExpectedText(SourceLocation Location, string Text)
{
    /// <summary>What a user writes must not hold up a run.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Lazy<Regex?> _pattern = new(() => IsPattern(Text) ? Pattern(Text) : null);

    /// <summary>Why the text is no regular expression although it stands between slashes; null where nothing is wrong.</summary>
    public static string? Fault(string text)
    {
        try
        {
            _ = IsPattern(text) ? Pattern(text) : null;
            return null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return wrong.Message;
        }
    }

    /// <summary>Whether this is all of a text, or its pattern is found in it.</summary>
    public bool Is(string found) => _pattern.Value?.IsMatch(found) ?? found == Text;

    /// <summary>Whether a line has it somewhere.</summary>
    public bool IsIn(string line) => _pattern.Value?.IsMatch(line) ?? line.Contains(Text, StringComparison.Ordinal);

    public bool Equals(ExpectedText? other) => other is not null && Location == other.Location && Text == other.Text;

    public override int GetHashCode() => HashCode.Combine(Location, Text);

    private static bool IsPattern(string text) => text.Length > 2 && text[0] == '/' && text[^1] == '/' && !text.StartsWith("/sys/", StringComparison.Ordinal);

    private static Regex Pattern(string text) => new(text[1..^1], RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Longest);
}
