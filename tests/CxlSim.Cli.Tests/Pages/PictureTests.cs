using System.Text.RegularExpressions;

namespace CxlSim.Cli.Tests;

/// <summary>The README's pictures of a terminal show what the program prints. <c>CXLSIM_UPDATE_DOCS=1</c> draws them anew.</summary>
public partial class PictureTests
{
    /// <summary>The README's first command, with the log from the drivers on; <c>cxlsim</c> is what it builds and runs.</summary>
    [Fact]
    public void Boot_IsWhatTheFirstCommandPrints()
    {
        string[] printed = [.. RealProgram.Shell("exec 2>&1; $0 run \"$1\"", RealProgram.Platform("single-device")).Output.TrimEnd().Split('\n').Select(line => line.TrimEnd())];
        int drivers = Array.FindIndex(printed, line => line.StartsWith("--- DriverProbe", StringComparison.Ordinal));
        drivers.Should().BePositive();

        ShouldShow("docs/pictures/boot.svg", TerminalPicture.Draw("A boot", ["$ cxlsim run platforms/single-device.yaml", "...", .. printed[drivers..]]));
    }

    /// <summary>The transcript itself is held against the real tools, where they are (ToolsTests).</summary>
    [Fact]
    public void Shell_IsTheTranscriptOfItsPage()
    {
        string page = File.ReadAllText(RepositoryRoot.File("docs/WINDOW.md"));
        string transcript = page[page.IndexOf("$ cxlsim shell", StringComparison.Ordinal)..];

        ShouldShow("docs/pictures/shell.svg", TerminalPicture.Draw("The real cxl in the shell", transcript[..transcript.IndexOf("```", StringComparison.Ordinal)].TrimEnd().Split('\n')));
    }

    private static void ShouldShow(string name, string picture)
    {
        string file = Path.Combine(RepositoryRoot.Find(), name);
        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1" && (!File.Exists(file) || WithoutWallTime(File.ReadAllText(file)) != WithoutWallTime(picture)))
        {
            File.WriteAllText(file, picture);
        }

        WithoutWallTime(File.ReadAllText(file)).Should().Be(WithoutWallTime(picture));
    }

    private static string WithoutWallTime(string text) => WallTime().Replace(text, "wall");

    [GeneratedRegex(@"[\d.]+ ms wall")]
    private static partial Regex WallTime();
}
