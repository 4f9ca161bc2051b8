using System.Text;

namespace CxlSim.Platform.Yaml;

/// <summary>Text of the user's in a message: one line, no control characters and no halves of any, not too long.</summary>
internal static class Quote
{
    private const int Longest = 40;

    public static string Of(string text, int longest = Longest)
    {
        string shown = text.Length <= longest ? text : text[..longest] + "...";
        return string.Concat(shown.EnumerateRunes().Select(letter => Rune.IsControl(letter) || letter == Rune.ReplacementChar ? "?" : letter.ToString()));
    }
}
