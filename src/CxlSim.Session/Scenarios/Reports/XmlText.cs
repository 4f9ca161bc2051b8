using System.Text;
using System.Xml;

namespace CxlSim.Session;

/// <summary>Texts in XML.</summary>
internal static class XmlText
{
    /// <summary>Characters that XML cannot have, and halves of characters, become U+FFFD.</summary>
    public static string Clean(string text)
    {
        StringBuilder clean = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar.ToString() : rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>All that is to be said of a failed case.</summary>
    public static string Of(ReportedCase known) => string.Concat(known.Failures.Select(failure => failure + "\n")) + (known.Explanation.Length > 0 ? "\n" + known.Explanation : string.Empty);
}
