using System.CommandLine;
using System.CommandLine.Parsing;

namespace CxlSim.Cli.Tests;

/// <summary>What <c>--help</c> prints of the program and of each command.</summary>
public class HelpTests
{
    private static readonly RootCommand Root = CommandTree.Create();

    /// <summary>How examples begin that are not run here: they wait for somebody, need FUSE, or write to a user's home.</summary>
    private static readonly string[] NotRun = ["cxlsim debug ", "cxlsim dap ", "cxlsim shell ", "cxlsim mount ", "cxlsim completion "];

    private static readonly string[] Paths = [.. Below(Root).Where(command => command.Subcommands.Count == 0).Select(CommandPath.Of)];

    public static TheoryData<string> Leaves => [.. Paths];

    [Fact]
    public void Overview_FitsATerminal_AndNamesEachCommandOnce()
    {
        ProgramResult result = RealProgram.Run("--help");

        (result.ExitCode, result.Error).Should().Be((0, ""));
        string[] lines = result.Output.Split('\n');
        lines.Should().OnlyContain(line => line.Length <= 100);
        lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line[2] is >= 'a' and <= 'z' && !line.StartsWith("  cxlsim", StringComparison.Ordinal)).Select(line => line[2..].Split(' ')[0])
            .Should().BeEquivalentTo(Root.Subcommands.Select(command => command.Name));
        lines.Should().Contain("  cxlsim new my-machine.yaml").And.Contain(line => line.Contains("docs/TUTORIAL.md", StringComparison.Ordinal));
        lines.Where(line => line.StartsWith("  run ", StringComparison.Ordinal)).Should().Equal("  run            Boot a machine, do its steps, and say what came of it.");
    }

    [Fact]
    public void HelpAsAWord_IsHelp()
    {
        RealProgram.Run("help").Should().Be(RealProgram.Run("--help"));
        RealProgram.Run("help", "show", "lsmem").Should().Be(RealProgram.Run("show", "lsmem", "--help"));
    }

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Command_EndsItsHelpWithAnExample(string path)
    {
        using StringWriter text = new();
        Root.Parse([.. path.Split(' '), "--help"]).Invoke(new InvocationConfiguration { Output = text }).Should().Be(0);

        string[] lines = text.ToString().TrimEnd().Split('\n');
        int examples = Array.FindIndex(lines, line => line is "Example:" or "Examples:");
        lines[examples - 1].Should().BeEmpty();
        string[] shown = [.. lines[(examples + 1)..].Select(line => line[2..])];
        shown.Should().Equal(CommandExamples.Of(path)).And.Contain(line => line.Contains($"cxlsim {path}", StringComparison.Ordinal));
        text.ToString().Split("xample").Should().HaveCount(2, "examples have one place");
    }

    [Fact]
    public void HelpOfAGroup_HasAnExampleOfEach() =>
        RealProgram.Run("show", "--help").Output.Should().Contain("iomem <platform> ").And.Contain("  cxlsim show iomem ").And.Contain("  cxlsim show daxctl ");

    [Fact]
    public void HelpOnNoCommand_IsRefused() => RealProgram.Run("rnu", "--help").Error.Should().StartWith("cxlsim: unknown command 'rnu'");

    [Fact]
    public void EveryExample_IsOfACommand_AndParses()
    {
        CommandExamples.Commands.Except(Paths).Should().Equal(string.Empty);
        foreach (string line in CommandExamples.Commands.SelectMany(CommandExamples.Of))
        {
            string words = line.Replace("eval \"$(", string.Empty, StringComparison.Ordinal).Replace(")\"", string.Empty, StringComparison.Ordinal).Split(" > ")[0].Replace('\'', '"');
            words.Should().StartWith("cxlsim ");
            Root.Parse([.. CommandLineParser.SplitCommandLine(words).Skip(1)]).Errors.Should().BeEmpty(line);
        }
    }

    /// <summary>One after the other in one folder, as they are printed. A comparison that finds something ends with 1.</summary>
    [Fact]
    public void Examples_Run()
    {
        string[] lines = [.. CommandExamples.Commands.SelectMany(CommandExamples.Of).Distinct().Where(line => line != "cxlsim new my-machine.yaml" && line != "cxlsim run my-machine.yaml")];
        lines = ["cxlsim new my-machine.yaml", "cxlsim run my-machine.yaml", .. lines.Where(line => !NotRun.Any(line.Contains))];
        IReadOnlyList<(string[] Lines, int Code)> answers = PageShell.Run([.. lines.Select(line => new PageCommand(0, line, [], null, 0))]);

        lines.Zip(answers).Where(pair => pair.Second.Code != (pair.First.StartsWith("cxlsim diff ", StringComparison.Ordinal) ? 1 : 0))
            .Select(pair => $"{pair.First} ended with {pair.Second.Code}: {string.Join('\n', pair.Second.Lines)}")
            .Should().BeEmpty();
    }

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(sub => Below(sub).Prepend(sub));
}
