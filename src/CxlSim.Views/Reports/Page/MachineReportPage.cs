using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CxlSim.Views;

/// <summary>The report as a page that is one file: it fetches nothing, and its policy lets it run nothing but its own script.</summary>
public static partial class MachineReportPage
{
    /// <summary>In the order in which they use one another.</summary>
    private static readonly string[] Scripts = ["base", "scale", "strip", "summary", "layout", "topology", "addresses", "devices", "decoders", "timeline", "memory", "refusals", "curves", "main"];

    public static string Render(MachineReport report)
    {
        string style = Text("page.css");
        string script = $"\"use strict\";\n(() => {{\n{string.Concat(Scripts.Select(name => Text($"{name}.js")))}}})();\n";
        Dictionary<string, string> parts = new()
        {
            ["policy"] = $"default-src 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'; base-uri 'none'; form-action 'none'",
            ["title"] = WebUtility.HtmlEncode(report.Platform),
            ["style"] = style,
            ["script"] = script,
            ["data"] = MachineReportJson.Render(report),
        };
        return Slot().Replace(Text("page.html"), slot => parts[slot.Groups["name"].Value]);
    }

    /// <summary>As a content security policy names a text that may stand in the page.</summary>
    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Text(string name)
    {
        using StreamReader reader = new(typeof(MachineReportPage).Assembly.GetManifestResourceStream($"reports/{name}")!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}")]
    private static partial Regex Slot();
}
