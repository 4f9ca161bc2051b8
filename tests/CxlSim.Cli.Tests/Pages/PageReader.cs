using System.Text.RegularExpressions;

namespace CxlSim.Cli.Tests;

/// <summary>
/// Finds the commands of a page. In a block of <c>text</c> a line that begins with <c>$ </c> is a command, and what stands below it its output; in a block of <c>sh</c> each line is
/// one. A here-document ends with END, and lines behind the debugger's prompt are typed.
/// </summary>
internal static partial class PageReader
{
    private const string Fence = "```";
    private const string Prompt = "(cxlsim) ";

    public static IReadOnlyList<PageCommand> Read(IReadOnlyList<string> lines)
    {
        List<PageCommand> commands = [];
        for (int at = 0; at < lines.Count; at++)
        {
            if (!lines[at].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            string language = lines[at][Fence.Length..];
            int end = at + 1;
            while (lines[end] != Fence)
            {
                end++;
            }

            commands.AddRange(language switch
            {
                "text" => Transcript(lines, at + 1, end),
                "sh" => Script(lines, at + 1, end),
                _ => [],
            });
            at = end;
        }

        return commands;
    }

    private static IEnumerable<PageCommand> Transcript(IReadOnlyList<string> lines, int first, int end)
    {
        int at = first;
        while (at < end && !IsCommand(lines[at]))
        {
            at++;
        }

        while (at < end)
        {
            int line = at + 1;
            string text = lines[at][2..];
            while (HereDocument().IsMatch(text) && lines[at] != "END")
            {
                text += "\n" + lines[++at];
            }

            int shown = ++at;
            while (at < end && !IsCommand(lines[at]))
            {
                at++;
            }

            string[] output = [.. lines.Skip(shown).Take(at - shown)];
            yield return new PageCommand(line, text, [.. output.Where(one => one.StartsWith(Prompt, StringComparison.Ordinal)).Select(one => one[Prompt.Length..])], output, shown);
        }
    }

    private static IEnumerable<PageCommand> Script(IReadOnlyList<string> lines, int first, int end) =>
        Enumerable.Range(first, end - first).Where(at => lines[at].Length > 0).Select(at => new PageCommand(at + 1, lines[at], [], null, at));

    private static bool IsCommand(string line) => line.StartsWith("$ ", StringComparison.Ordinal);

    [GeneratedRegex("<<'END'$", RegexOptions.Multiline)]
    private static partial Regex HereDocument();
}
