using System.CommandLine;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;
using Xunit.Abstractions;

namespace CxlSim.Cli.Tests;

/// <summary>A machine in a state in which it is listed: by <c>cxlsim list</c>, and by the real tool.</summary>
/// <param name="File">The platform file.</param>
/// <param name="RunsSteps">Whether its steps run first.</param>
/// <param name="Writes">What is written to which attributes after that.</param>
internal sealed record ListedState(string File, bool RunsSteps, params (string Path, string Value)[] Writes)
{
    /// <summary>What <c>--set</c> says of the machine.</summary>
    public string[] Settings { get; init; } = [];

    /// <summary>What <c>cxlsim list</c> prints for each list of flags.</summary>
    public IEnumerable<ToolOutput> Listings(IEnumerable<string[]> questions)
    {
        MachineSession session = Booted();
        return [.. questions.Select(flags => session.Do("cxl list", () => CxlListView.RenderAsync(session.Kernel, Options(flags))))];
    }

    /// <summary>What the real <c>cxl list</c> prints for each, in one shell.</summary>
    public IEnumerable<ToolOutput> RealListings(IEnumerable<string[]> questions) => RealOutputs(questions.Select(flags => new[] { "cxl", "list" }.Concat(flags)));

    /// <summary>Ours and the real tool print the same for each question, on both streams. Not asked where there is no window or no tool.</summary>
    public void ShouldBeListedAlike(IReadOnlyList<string[]> questions, ITestOutputHelper output)
    {
        if (!WindowFixture.HasTools(output))
        {
            return;
        }

        ToolOutput[] real = [.. RealListings(questions)];
        ToolOutput[] ours = [.. Listings(questions)];
        real.Should().HaveSameCount(questions);
        for (int i = 0; i < questions.Count; i++)
        {
            string flags = string.Join(' ', questions[i]);
            ours[i].Output.Should().Be(real[i].Output, "of cxl list {0}", flags);
            ours[i].Errors.TrimEnd('\n').Should().Be(real[i].Errors, "of cxl list {0}", flags);
        }
    }

    /// <summary>What real programs print, in one shell.</summary>
    public IReadOnlyList<ToolOutput> RealOutputs(IEnumerable<IEnumerable<string>> commands)
    {
        IEnumerable<string> writes = Writes.Select(write => $"echo {Quote(write.Value)} > {write.Path} || echo \"not written: {write.Path}\"");
        IEnumerable<string> outputs = commands.Select(words => $"{{ errors=$({string.Join(' ', words.Select(Quote))} 2>&1 >&3); }} 3>&1; printf '\\001%s\\002' \"$errors\"");
        ProgramResult result = WindowFixture.ToolsOnFile(File, string.Join('\n', writes.Concat(outputs)), [.. RunsSteps ? ["--steps"] : Array.Empty<string>(), .. Settings.SelectMany(setting => new[] { "--set", setting })]);
        result.Error.Should().BeEmpty();
        return [.. result.Output.Split('\u0002')[..^1].Select(part => part.Split('\u0001')).Select(parts => new ToolOutput(parts[0], parts[1]))];
    }

    /// <summary>The machine in that state.</summary>
    public MachineSession Booted()
    {
        PlatformReadResult read = PlatformReader.ReadFile(File, Settings);
        read.Platform.Should().NotBeNull(string.Join('\n', read.Diagnostics));
        MachineSession session = new(new SimulatedMachine(read.Platform!));
        session.Boot().Should().BeTrue();
        StepRunner runner = new(session);
        (RunsSteps ? session.Machine.Platform.Steps.Select(runner.Run) : []).Where(step => !step.IsAsExpected).Should().BeEmpty();
        foreach ((string path, string value) in Writes)
        {
            session.Write(path, value).Should().Be(Core.Errno.Ok, path);
        }

        return session;
    }

    private static CxlListOptions Options(string[] flags)
    {
        ListFlags known = new();
        Command command = new("list");
        known.AddTo(command);
        ParseResult parsed = command.Parse(flags);
        parsed.Errors.Should().BeEmpty();
        return known.Read(parsed);
    }

    private static string Quote(string word) => $"'{word}'";
}
