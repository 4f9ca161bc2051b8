using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CxlSim.Cli.Tests;

/// <summary>The picture of a session in the README shows what the adapter sends. <c>CXLSIM_UPDATE_DOCS=1</c> draws it anew.</summary>
public class DebuggerPictureTests
{
    private const string File = "docs/pictures/debugger.svg";
    private const int LineHeight = 17;
    private const int LeftWidth = 730;

    [Fact]
    public void Picture_ShowsWhatTheAdapterSends()
    {
        string picture = Draw(Session());

        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1")
        {
            System.IO.File.WriteAllText(RepositoryRoot.File(File), picture);
        }

        System.IO.File.ReadAllText(RepositoryRoot.File(File)).Should().Be(picture);
    }

    /// <summary>The board with a wrong table, at the refusal that leaves it without memory.</summary>
    private static IReadOnlyList<JsonObject> Session() => DapWire.Serve(DapWire.Requests(
        """ "command":"initialize" """,
        $$""" "command":"launch","arguments":{"platform":"{{RealProgram.Platform("wrong-ways")}}","stopOnEntry":false} """,
        """ "command":"setExceptionBreakpoints","arguments":{"filters":["refused"]} """,
        """ "command":"configurationDone" """,
        """ "command":"continue","arguments":{"threadId":1} """,
        """ "command":"stackTrace","arguments":{"threadId":1} """,
        """ "command":"scopes","arguments":{"frameId":1} """,
        """ "command":"variables","arguments":{"variablesReference":1} """,
        """ "command":"source","arguments":{"sourceReference":1} """,
        """ "command":"evaluate","arguments":{"expression":"translate 0x1000000100","context":"repl"} """)).Messages;

    private static string Draw(IReadOnlyList<JsonObject> messages)
    {
        JsonObject Body(string command) => messages.Last(message => (string?)message["command"] == command)["body"]!.AsObject();
        JsonArray frames = Body("stackTrace")["stackFrames"]!.AsArray();
        string[] script = Body("source")["content"]!.GetValue<string>().TrimEnd('\n').Split('\n');
        int here = frames[0]!["line"]!.GetValue<int>() - 1;
        string stopped = messages.Last(message => (string?)message["event"] == "stopped")["body"]!["description"]!.GetValue<string>();

        StringBuilder svg = new();
        int y = Pane(svg, 0, 0, LeftWidth, "boot of wrong-ways", [.. script.Skip(here - 23).Take(26).Select((line, index) => (line, index == 23))]);
        int right = Pane(svg, LeftWidth, 0, 470, "Call stack", [.. frames.Select((frame, index) => ((string)frame!["name"]!, index == 0))]);
        Pane(svg, LeftWidth, right, 470, $"Variables: {(string)Body("scopes")["scopes"]![0]!["name"]!}", [
            .. Body("variables")["variables"]!.AsArray().Where(variable => (string)variable!["name"]! is not ("uevent" or "modalias" or "devtype")).Select(variable => ($"{(string)variable!["name"]!,-24}{(string)variable["value"]!}", false)),
        ]);
        string[] console = [$"stopped: {stopped}", "> translate 0x1000000100", .. ((string)Body("evaluate")["result"]!).Split('\n').Take(6)];
        int height = Pane(svg, 0, y, LeftWidth + 470, "Console", [.. console.Select(line => (line, false))]);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{LeftWidth + 470}" height="{height}" viewBox="0 0 {LeftWidth + 470} {height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="12">
            <rect width="100%" height="100%" fill="#1e1e2a"/>
            {svg}</svg>

            """);
    }

    /// <summary>A titled box of lines, the marked one lit; where the next one below begins.</summary>
    private static int Pane(StringBuilder svg, int x, int y, int width, string title, IReadOnlyList<(string Text, bool IsMarked)> lines)
    {
        int height = ((lines.Count + 2) * LineHeight) + 4;
        svg.Append(CultureInfo.InvariantCulture, $"""<svg x="{x}" y="{y}" width="{width}" height="{height}"><rect x="3" y="3" width="{width - 6}" height="{height - 6}" rx="4" fill="#262636" stroke="#3c3c52"/><text x="12" y="20" fill="#9aa5ff">{title}</text>""").Append('\n');
        int line = 20 + LineHeight + 3;
        foreach ((string text, bool isMarked) in lines)
        {
            if (isMarked)
            {
                svg.Append(CultureInfo.InvariantCulture, $"""<rect x="4" y="{line - 13}" width="{width - 8}" height="{LineHeight}" fill="#5a4a1a"/>""").Append('\n');
            }

            svg.Append(CultureInfo.InvariantCulture, $"""<text x="12" y="{line}" xml:space="preserve" fill="{(text.Contains("refused", StringComparison.Ordinal) ? "#ff8f8f" : "#d8d8e8")}">{WebUtility.HtmlEncode(text)}</text>""").Append('\n');
            line += LineHeight;
        }

        svg.Append("</svg>\n");
        return y + height;
    }
}
