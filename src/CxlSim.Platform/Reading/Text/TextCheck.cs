using CxlSim.Core;

namespace CxlSim.Platform.Reading;

/// <summary>Refuses text before the YAML parser sees it: too long, or with characters that no YAML text has.</summary>
internal static class TextCheck
{
    /// <summary>Characters. A machine with 256 host bridges needs a tenth of it.</summary>
    public const int LongestText = 1 << 20;

    public static bool Accepts(ReadContext context, string text)
    {
        if (text.Length > LongestText)
        {
            context.Error(Cxp.Unsupported, context.Start, $"the file is longer than {LongestText} characters");
            return false;
        }

        int bad = text.AsSpan().IndexOfAnyExceptInRange(' ', '\ufffc');
        int start = 0;
        while (bad >= 0 && text[start + bad] is '\t' or '\n' or '\r')
        {
            start += bad + 1;
            bad = text.AsSpan(start).IndexOfAnyExceptInRange(' ', '\ufffc');
        }

        if (bad < 0)
        {
            return true;
        }

        // YamlDotNet takes a NUL for the end of the text; U+FFFD is what the decoder leaves of bytes that are not UTF-8.
        context.Error(Cxp.NotYaml, PlaceOf(context, text, start + bad), $"the character U+{(int)text[start + bad]:X4}; expected UTF-8 text");
        return false;
    }

    /// <summary>Line and column of a character, or of the end of the text.</summary>
    public static SourceLocation PlaceOf(ReadContext context, string text, int offset)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, offset);
        return new SourceLocation(context.File, before.Count('\n') + 1, offset - before.LastIndexOf('\n'));
    }
}
