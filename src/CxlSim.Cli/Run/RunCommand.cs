using System.CommandLine;
using CxlSim.Kernel;
using CxlSim.Machine;

namespace CxlSim.Cli;

/// <summary><c>cxlsim run PLATFORM.yaml</c>: boots the machine, does its steps, says what came of it.</summary>
internal static class RunCommand
{
    private static readonly string[] LevelNames = ["error", "warning", "notice", "info", "debug", "none"];

    public static Command Create()
    {
        Argument<string> platform = FileArgument.One("platform", "The platform file (YAML).");
        Option<string> logLevel = new("--log-level")
        {
            HelpName = "level",
            Description = "Kernel log lines to show: error, warning, notice, info, debug or none.",
            DefaultValueFactory = _ => "info",
        };
        logLevel.AcceptOnlyFromAmong(LevelNames);
        Option<string?> until = new("--until") { HelpName = "name", Description = "Stop at a phase or milestone: " + string.Join(", ", Names()) + "." };
        until.AcceptOnlyFromAmong([.. Names()]);
        Option<string[]> set = SetOption.Create();
        Option<string?> append = BootArguments.CreateAppend();
        Option<ulong> seed = SeedOption.Create();
        Option<string[]> step = new("--step") { HelpName = "step", Description = "A step to do after those of the file, written as there: 'offline-memory: dax0.0'. May be given again." };
        Option<string?> dmesg = new("--dmesg") { HelpName = "file", Description = "Write the whole kernel log to a file." };
        Option<string?> trace = new("--trace") { HelpName = "file", Description = "Write every event of the run to a file." };
        Option<string?> record = RecordOption.Create();
        Option<bool> json = new("--json") { Description = "Print the summary as JSON." };
        Option<bool> quiet = new("--quiet") { Description = "Print nothing; the exit code says it all." };
        Command command = new("run", "Boot a machine, do its steps, and say what came of it.") { platform, set, append, logLevel, until, step, seed, dmesg, trace, record, json, quiet };
        command.Validators.Add(result => DifferentFiles.Demand(result, platform, dmesg, trace, record));
        command.SetAction(parsed => new PlatformRun(new RunOptions
        {
            Platform = parsed.GetValue(platform)!,
            Settings = parsed.GetValue(set)!,
            Append = parsed.GetValue(append),
            LogLevel = LevelOf(parsed.GetValue(logLevel)!),
            Until = parsed.GetValue(until),
            MoreSteps = parsed.GetValue(step) ?? [],
            Seed = parsed.GetValue(seed),
            Dmesg = parsed.GetValue(dmesg),
            Trace = parsed.GetValue(trace),
            Record = parsed.GetValue(record),
            Json = parsed.GetValue(json),
            Quiet = parsed.GetValue(quiet),
        }).Execute());
        return command;
    }

    private static IEnumerable<string> Names() => [.. Enum.GetNames<Phase>(), .. Enum.GetNames<Milestone>()];

    private static LogLevel? LevelOf(string name) => name == "none" ? null : Enum.Parse<LogLevel>(name, ignoreCase: true);
}
