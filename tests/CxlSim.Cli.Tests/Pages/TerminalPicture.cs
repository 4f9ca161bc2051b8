using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace CxlSim.Cli.Tests;

/// <summary>Draws lines of a terminal as SVG: what is typed stands out, times of the kernel log and rules of tables are pale.</summary>
internal static partial class TerminalPicture
{
    private const int LineHeight = 17;
    private const int Margin = 14;

    /// <summary>Of a letter of 12 pixels, in thousandths: what common fonts of equal width have, and a little more.</summary>
    private const int LetterWidth = 7300;

    public static string Draw(string title, IReadOnlyList<string> lines)
    {
        int width = (2 * Margin) + (lines.Max(line => line.Length) * LetterWidth / 1000);
        int height = (2 * Margin) + ((lines.Count + 1) * LineHeight);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="12">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <rect width="100%" height="100%" rx="6" fill="#1e1e2a"/>
            <circle cx="18" cy="14" r="5" fill="#ff8f8f"/><circle cx="36" cy="14" r="5" fill="#e0c060"/><circle cx="54" cy="14" r="5" fill="#80c080"/>

            """);
        int y = Margin + (2 * LineHeight);
        foreach (string line in lines)
        {
            if (line.Length > 0)
            {
                svg.Append(CultureInfo.InvariantCulture, $"""<text x="{Margin}" y="{y}" xml:space="preserve" fill="#d8d8e8">{Colours(line)}</text>""").Append('\n');
            }

            y += LineHeight;
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Colours(string line)
    {
        if (Typed().Match(line) is { Success: true } typed)
        {
            return Part(typed.Value, "#80c080") + Part(line[typed.Length..], "#ffffff");
        }

        if (Pale().Match(line) is { Success: true } pale)
        {
            return Part(pale.Value, "#8888a8") + WebUtility.HtmlEncode(line[pale.Length..]);
        }

        return WebUtility.HtmlEncode(line);
    }

    private static string Part(string text, string colour) => $"<tspan fill=\"{colour}\">{WebUtility.HtmlEncode(text)}</tspan>";

    [GeneratedRegex(@"^[$#] ")]
    private static partial Regex Typed();

    [GeneratedRegex(@"^(?:\[ *[\d.]+\]|--- .*|─+|\.\.\.)")]
    private static partial Regex Pale();
}
