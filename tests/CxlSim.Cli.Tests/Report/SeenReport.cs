using System.Diagnostics;
using System.Text.Json;

namespace CxlSim.Cli.Tests;

/// <summary>A report as headless Chromium shows it: what is on the page, and what happened when somebody pointed, zoomed, typed and pressed keys.</summary>
internal static class SeenReport
{
    /// <summary>Runs <c>client/look.js</c>.</summary>
    public static JsonElement Of(string file) => Run("look.js", file);

    /// <summary>Runs <c>client/picture.js</c>: takes a picture, and compares it with another.</summary>
    public static JsonElement Picture(string file, string written, string shown) => Run("picture.js", file, written, shown);

    /// <summary>A member of a member: <c>wide.nodes.device</c>.</summary>
    public static JsonElement At(this JsonElement element, string path) => path.Split('.').Aggregate(element, (at, name) => at.GetProperty(name));

    public static int Number(this JsonElement element, string path) => element.At(path).GetInt32();

    public static string Text(this JsonElement element, string path) => element.At(path).GetString()!;

    public static IEnumerable<string> Texts(this JsonElement element, string path) => element.At(path).EnumerateArray().Select(item => item.GetString()!);

    public static double[] Numbers(this JsonElement element, string path) => [.. element.At(path).EnumerateArray().Select(item => item.GetDouble())];

    private static JsonElement Run(params string[] words)
    {
        ProcessStartInfo start = new(RepositoryRoot.File("tests/scripts/report-client"), words) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, error.Result);
        return JsonDocument.Parse(output).RootElement;
    }
}
