namespace CxlSim.Platform.Yaml;

/// <summary>Text of the user's in a message: one line, no control characters, not too long.</summary>
internal static class Quote
{
    private const int Longest = 40;

    public static string Of(string text, int longest = Longest)
    {
        string shown = text.Length <= longest ? text : text[..longest] + "...";
        return string.Create(shown.Length, shown, (span, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            }
        });
    }
}
