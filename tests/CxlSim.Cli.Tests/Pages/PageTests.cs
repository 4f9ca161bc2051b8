using System.Text.RegularExpressions;

namespace CxlSim.Cli.Tests;

/// <summary>
/// What the pages show of the program is what it does: each command is typed, in the order of the page, and what comes of it stands below. A line of <c>...</c> stands for lines that are
/// left out, and the wall time is another each time. <c>CXLSIM_UPDATE_DOCS=1</c> writes the outputs anew.
/// </summary>
public partial class PageTests
{
    private const string LeftOut = "...";

    /// <summary>How commands begin that no test of pages types, and why.</summary>
    private static readonly Dictionary<string, string> NotTyped = new()
    {
        ["dotnet "] = "builds the program that this test types the name of",
        ["export PATH="] = "the built program is on the PATH of this test",
    };

    [Theory]
    [InlineData("README.md", 5)]
    [InlineData("docs/CLI.md", 12)]
    [InlineData("docs/TUTORIAL.md", 16)]
    public void Page_ShowsWhatTheProgramPrints(string page, int least)
    {
        string file = RepositoryRoot.File(page);
        PageCommand[] commands = Commands(file);
        commands.Should().HaveCountGreaterThanOrEqualTo(least);

        IReadOnlyList<(string[] Lines, int Code)> answers = PageShell.Run(commands);

        if (Environment.GetEnvironmentVariable("CXLSIM_UPDATE_DOCS") == "1")
        {
            Update(file, commands, answers);
            commands = Commands(file);
        }

        commands.Zip(answers).Where(pair => !IsTrue(pair.First, pair.Second.Lines, pair.Second.Code))
            .Select(pair => $"{page}:{pair.First.Line}: {pair.First.Text} ended with {pair.Second.Code} and printed\n{string.Join('\n', pair.Second.Lines)}")
            .Should().BeEmpty();
    }

    private static PageCommand[] Commands(string file) =>
        [.. PageReader.Read(File.ReadAllText(file).Split('\n')).Where(command => !NotTyped.Keys.Any(word => command.Text.StartsWith(word, StringComparison.Ordinal)))];

    private static bool IsTrue(PageCommand command, string[] lines, int code)
    {
        if (command.Shown is null)
        {
            return code == 0;
        }

        string pattern = string.Concat(command.Shown.Select(line => line == LeftOut ? @"(?:.*\n)*?" : Regex.Escape(WithoutWallTime(line.TrimEnd())) + @"\n"));
        return Regex.IsMatch(WithoutWallTime(Joined(lines)), $@"\A{pattern}\z") || (lines is [""] && command.Shown.All(string.IsNullOrWhiteSpace));
    }

    private static string Joined(string[] lines) => string.Concat(lines.Select(line => line + "\n"));

    private static string WithoutWallTime(string text) => WallTime().Replace(text, "wall");

    private static void Update(string file, PageCommand[] commands, IReadOnlyList<(string[] Lines, int Code)> answers)
    {
        List<string> lines = [.. File.ReadAllText(file).Split('\n')];
        for (int index = commands.Length - 1; index >= 0; index--)
        {
            PageCommand command = commands[index];
            if (command.Shown is { } shown && !IsTrue(command, answers[index].Lines, answers[index].Code))
            {
                lines.RemoveRange(command.FirstShown, shown.Count);
                lines.InsertRange(command.FirstShown, answers[index].Lines is [""] ? [] : answers[index].Lines);
            }
        }

        File.WriteAllText(file, string.Join('\n', lines));
    }

    [GeneratedRegex(@"[\d.]+ m?s wall")]
    private static partial Regex WallTime();
}
