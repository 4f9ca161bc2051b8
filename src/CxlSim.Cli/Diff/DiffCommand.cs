using System.CommandLine;
using System.CommandLine.Parsing;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary><c>cxlsim diff A B</c> and <c>cxlsim diff A --set ...</c>: boots two machines and says what of them is different.</summary>
internal sealed class DiffCommand
{
    private readonly Argument<string[]> _platforms =
        FileArgument.Several("platform", "Platform files (YAML): two, or one that --set or --append change.", new ArgumentArity(1, 2));
    private readonly Option<string[]> _set = SetOption.Create();
    private readonly Option<string?> _append = new("--append") { Description = "Words to add to the second kernel's command line." };
    private readonly Option<ulong> _seed = SeedOption.Create();
    private readonly Option<bool> _noSteps = new("--no-steps") { Description = "Leave out the steps of the platform files; without this they run first." };
    private readonly Option<bool> _log = new("--log") { Description = "Compare the kernels' logs as well." };
    private readonly Option<string> _format = new("--format") { HelpName = "format", Description = "text or json.", DefaultValueFactory = _ => "text" };

    public static Command Create()
    {
        DiffCommand diff = new();
        diff._format.AcceptOnlyFromAmong("text", "json");
        diff._set.Description = "Say something else of the second machine than its file: kernel.cmdline=memhp_default_state=offline, windows[0].size=8GiB, devices.card.volatile=2GiB. May be repeated.";
        Command command = new("diff", "Boot two machines, do their steps, and say what is different. Exit code 0: nothing; 1: something; 2: bad input.")
        {
            diff._platforms, diff._set, diff._append, diff._seed, diff._noSteps, diff._log, diff._format,
        };
        command.Validators.Add(diff.RefuseOne);
        command.SetAction(diff.Execute);
        return command;
    }

    private void RefuseOne(CommandResult result)
    {
        if (result.GetResult(_platforms) is { Tokens.Count: 1 } && result.GetResult(_set) is not { Implicit: false } && result.GetResult(_append) is null)
        {
            result.AddError("found one machine; expected a second platform file, --set or --append");
        }
    }

    private int Execute(ParseResult parsed)
    {
        string[] platforms = parsed.GetValue(_platforms)!;
        string[] settings = parsed.GetValue(_set)!;
        string? append = parsed.GetValue(_append);
        string title = string.Join(' ', [platforms[^1], .. settings.Select(setting => $"--set {setting}"), .. append is null ? Array.Empty<string>() : ["--append", append]]);
        if (Snapshot(parsed, platforms[0], platforms[0], [], null) is not { } first || Snapshot(parsed, title, platforms[^1], settings, append) is not { } second)
        {
            return ExitCode.BadInput;
        }

        DiffResult result = MachineDiff.Of(first, second);
        Console.Out.Write(parsed.GetValue(_format) == "json" ? DiffJson.Render(result) : DiffText.Render(result));
        return result.IsSame ? ExitCode.Success : ExitCode.NotAsExpected;
    }

    private MachineSnapshot? Snapshot(ParseResult parsed, string title, string path, IReadOnlyList<string> settings, string? append)
    {
        if (BootArguments.Start(new PlatformInput(path) { Settings = settings, Append = append }, parsed.GetValue(_seed)) is not { } session)
        {
            return null;
        }

        StepRunner runner = new(session);
        StepOutcome[] steps = parsed.GetValue(_noSteps) ? [] : [.. session.Machine.Platform.Steps.Select(runner.Run)];
        return MachineSnapshot.Of(title, session.Machine, steps, parsed.GetValue(_log));
    }
}
