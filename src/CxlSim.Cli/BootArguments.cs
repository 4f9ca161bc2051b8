using System.CommandLine;
using CxlSim.Machine;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>From a platform file to a booted machine, for commands that show one: the words of the command line that say which, and the boot.</summary>
/// <param name="runsSteps">Whether the platform's steps run unless the user says no, or only where the user says so.</param>
internal sealed class BootArguments(bool runsSteps = false)
{
    private readonly Argument<string> _platform = new("platform") { Description = "The platform file (YAML)." };
    private readonly Option<string?> _append = new("--append") { Description = "Words to add to the kernel's command line." };
    private readonly Option<string[]> _set = SetOption.Create();
    private readonly Option<ulong> _seed = SeedOption.Create();
    private readonly Option<bool> _steps = runsSteps
        ? new("--no-steps") { Description = "Leave out the steps of the platform file; without this they run first, for they may make the regions." }
        : new("--steps") { Description = "Run the steps of the platform file first." };

    /// <summary>Has a command take them.</summary>
    public void AddTo(Command command)
    {
        command.Add(_platform);
        command.Add(_set);
        command.Add(_append);
        command.Add(_seed);
        command.Add(_steps);
    }

    /// <summary>Null where the file makes no sense or a step did not end as expected; what is wrong is printed then.</summary>
    public MachineSession? Boot(ParseResult parsed) => Start(parsed) is { } session && (!HasSteps(parsed) || RunSteps(session)) ? session : null;

    /// <summary>Whether the user wants the platform's steps.</summary>
    public bool HasSteps(ParseResult parsed) => parsed.GetValue(_steps) != runsSteps;

    /// <summary>A machine that has done no step yet; null where the file makes no sense, which is printed then.</summary>
    public MachineSession? Start(ParseResult parsed) => Start(parsed.GetValue(_platform)!, parsed.GetValue(_set)!, parsed.GetValue(_append), parsed.GetValue(_seed));

    /// <summary>The same, told outright.</summary>
    public static MachineSession? Start(string path, IReadOnlyList<string> settings, string? append, ulong seed)
    {
        if (PlatformFile.Read(path, settings) is not { } platform)
        {
            return null;
        }

        if (append is not null)
        {
            platform = platform with { Kernel = platform.Kernel with { CommandLine = $"{platform.Kernel.CommandLine} {append}".Trim() } };
        }

        MachineSession session = new(new SimulatedMachine(platform, seed));
        session.Boot();
        return session;
    }

    private static bool RunSteps(MachineSession session)
    {
        StepRunner runner = new(session);
        foreach (StepOutcome step in session.Machine.Platform.Steps.Select(runner.Run).Where(step => !step.IsAsExpected))
        {
            FailedStep.Print(step);
            return false;
        }

        return true;
    }
}
