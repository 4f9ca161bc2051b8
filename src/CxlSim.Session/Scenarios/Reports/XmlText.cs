using System.Xml;

namespace CxlSim.Session;

/// <summary>Texts in XML.</summary>
internal static class XmlText
{
    /// <summary>Characters that XML cannot have become question marks.</summary>
    public static string Clean(string text) => string.Create(text.Length, text, (span, from) =>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = XmlConvert.IsXmlChar(from[i]) ? from[i] : '?';
        }
    });

    /// <summary>All that is to be said of a failed case.</summary>
    public static string Of(ReportedCase known) => string.Concat(known.Failures.Select(failure => failure + "\n")) + (known.Explanation.Length > 0 ? "\n" + known.Explanation : string.Empty);
}
