using System.CommandLine;
using CxlSim.Engine;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>From a platform file to a booted machine, for commands that show one: the words of the command line that say which, and the boot.</summary>
/// <param name="runsSteps">Whether the platform's steps run unless the user says no, or only where the user says so.</param>
/// <param name="records">Whether what is done to the machine can be recorded.</param>
internal sealed class BootArguments(bool runsSteps = false, bool records = false)
{
    private readonly Argument<string> _platform = FileArgument.One("platform", "The platform file (YAML).");
    private readonly Option<string?> _append = CreateAppend();
    private readonly Option<string[]> _set = SetOption.Create();
    private readonly Option<ulong> _seed = SeedOption.Create();
    private readonly Option<string?> _record = RecordOption.Create();
    private SimulatedMachine? _machine;
    private readonly Option<bool> _steps = runsSteps
        ? new("--no-steps") { Description = "Leave out the steps of the platform file; without this they run first, for they may make the regions." }
        : new("--steps") { Description = "Run the steps of the platform file first." };

    /// <summary>The <c>--append</c> of every command that boots a machine.</summary>
    public static Option<string?> CreateAppend() => new("--append") { HelpName = "words", Description = "Words to add to the kernel's command line." };

    /// <summary>The platform file; no output may be that.</summary>
    public Argument<string> Platform => _platform;

    /// <summary>Hears of everything from power-on; null where nobody listens.</summary>
    public ITraceSink? Listener { get; init; }

    /// <summary>Has a command take them.</summary>
    public void AddTo(Command command)
    {
        command.Add(_platform);
        command.Add(_set);
        command.Add(_append);
        command.Add(_seed);
        command.Add(_steps);
        if (records)
        {
            command.Add(_record);
            command.Validators.Add(result => DifferentFiles.Demand(result, _platform, _record));
        }
    }

    /// <summary>What keeps the machine's doings; null where nothing does.</summary>
    public SessionRecording? Recording { get; private set; }

    /// <summary>Null where the file makes no sense or a step did not end as expected; what is wrong is printed then.</summary>
    public MachineSession? Boot(ParseResult parsed) => Start(parsed) is { } session && (!HasSteps(parsed) || RunSteps(session)) ? session : null;

    /// <summary>How a command ends that has no machine: the file makes no sense, or a step did not end as expected.</summary>
    public int WithoutMachine { get; private set; } = ExitCode.BadInput;

    /// <summary>Whether the user wants the platform's steps.</summary>
    public bool HasSteps(ParseResult parsed) => parsed.GetValue(_steps) != runsSteps;

    /// <summary>What a command that ends with a bug of the simulator says, and gives for its exit code.</summary>
    public int Report(Exception bug, ParseResult parsed) =>
        BugReport.Print(bug, _machine, $"{parsed.CommandResult.Command.Name} '{parsed.GetValue(_platform)}'", Recording);

    /// <summary>A machine that has done no step yet; null where the file makes no sense, which is printed then.</summary>
    public MachineSession? Start(ParseResult parsed)
    {
        PlatformInput input = new(parsed.GetValue(_platform)!) { Settings = parsed.GetValue(_set)!, Append = parsed.GetValue(_append) };
        return records ? Record(input, parsed.GetValue(_seed), parsed.GetValue(_record)) : Start(input, parsed.GetValue(_seed), Listener);
    }

    /// <summary>The same, told outright, and not recorded.</summary>
    public static MachineSession? Start(PlatformInput input, ulong seed, ITraceSink? listener = null)
    {
        if (PlatformFile.Read(input, out _) is not { } platform)
        {
            return null;
        }

        MachineSession session = new(new SimulatedMachine(platform, seed));
        Listen(session, listener);
        session.Boot();
        return session;
    }

    private static void Listen(MachineSession session, ITraceSink? listener)
    {
        if (listener is not null)
        {
            session.Machine.Simulation.AddSink(listener);
        }
    }

    private MachineSession? Record(PlatformInput input, ulong seed, string? path)
    {
        if (PlatformFile.Read(input, out PlatformReadResult read) is not { } platform)
        {
            return null;
        }

        _machine = new SimulatedMachine(platform, seed);
        MachineSession session = new(_machine);
        Listen(session, Listener);
        try
        {
            Recording = new SessionRecording(session, input.Header(seed), read, path);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: the output cannot be written: {error.Message}");
            return null;
        }

        session.Boot();
        return session;
    }

    private bool RunSteps(MachineSession session)
    {
        StepRunner runner = new(session);
        foreach (StepOutcome step in session.Machine.Platform.Steps.Select(runner.Run).Where(step => !step.IsAsExpected))
        {
            FailedStep.Print(step);
            session.Recorder?.End();
            WithoutMachine = ExitCode.NotAsExpected;
            return false;
        }

        return true;
    }
}
