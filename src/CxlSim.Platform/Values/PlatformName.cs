namespace CxlSim.Platform.Reading;

/// <summary>What names of platforms, devices and modules are made of.</summary>
public static class PlatformName
{
    private const int Longest = 64;

    /// <summary>The name nearest to a text that may be none, such as a file's; <paramref name="otherwise"/> for an empty one.</summary>
    public static string Near(string text, string otherwise) => text.Length == 0 ? otherwise : string.Concat(text.Take(Longest).Select(letter => IsOfName(letter) ? letter : '-'));

    internal static bool Is(string text) => text.Length is > 0 and <= Longest && text.All(IsOfName);

    private static bool IsOfName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or ':' or '-';
}
