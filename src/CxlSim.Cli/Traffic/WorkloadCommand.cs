using System.CommandLine;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary><c>cxlsim workload PLATFORM</c>: traffic on the booted machine, where its time goes, and what holds it up.</summary>
internal static class WorkloadCommand
{
    private const ulong Page = 4096;

    public static Command Create()
    {
        TimelineRecorder timeline = new();
        BootArguments boot = new(runsSteps: true) { Listener = timeline };
        WorkloadOptions options = new();
        Option<string> format = new("--format") { HelpName = "format", Description = "text or json.", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        Option<string?> perfetto = new("--perfetto") { HelpName = "file", Description = "Write the boot and the workload in virtual time, for ui.perfetto.dev or speedscope: links and memories step by step, the first accesses part by part." };
        Command command = new("workload", "Send traffic to a machine's memory, and say what it got and what limits it. And where the time went.");
        boot.AddTo(command);
        options.AddTo(command);
        command.Add(format);
        command.Add(perfetto);
        command.Validators.Add(result => DifferentFiles.Demand(result, boot.Platform, options.TraceFile, perfetto));
        command.SetAction(parsed => boot.Boot(parsed) is { } session ? Execute(session.Machine, options, format, parsed.GetValue(perfetto) is { } file ? new TrackFile(file, timeline) : null, parsed) : boot.WithoutMachine);
        return command;
    }

    private static int Execute(SimulatedMachine machine, WorkloadOptions options, Option<string> format, TrackFile? tracks, ParseResult parsed)
    {
        if (TrafficPlaces.From(machine, options.From(parsed)) is not { } socket || Targets(machine, socket, options.To(parsed)) is not { } targets)
        {
            return ExitCode.BadInput;
        }

        IReadOnlyList<int> weights = options.Weights(parsed);
        if (weights.Count > 0 && weights.Count != targets.Count)
        {
            Console.Error.WriteLine($"cxlsim: found --weight {weights.Count} times and --to {targets.Count} times; expected one for each --to");
            return ExitCode.BadInput;
        }

        if (weights.Zip(targets).FirstOrDefault(pair => (ulong)pair.First > pair.Second.Longest.Size.Bytes / Page) is { First: > 0 } wrong)
        {
            Console.Error.WriteLine($"cxlsim: found --weight {wrong.First} for {wrong.Second.Name}; expected at most the {wrong.Second.Longest.Size.Bytes / Page} pages that it has in a row");
            return ExitCode.BadInput;
        }

        WorkloadPlan plan = options.Plan(parsed, socket, targets) with { Weights = targets.Count < 2 ? [] : weights.Count > 0 ? [.. weights.Select(weight => (uint)weight)] : [.. targets.Select(_ => 1u)] };
        if (options.Trace(parsed) is { } file)
        {
            TraceReadResult read = TraceReader.ReadFile(file);
            if (read.Diagnostics.Count > 0)
            {
                foreach (Diagnostic diagnostic in read.Diagnostics)
                {
                    Console.Error.WriteLine(diagnostic);
                }

                return ExitCode.BadInput;
            }

            plan = plan with { Trace = read.Entries };
        }

        WorkloadTrace? trace = tracks is null ? null : new WorkloadTrace();
        WorkloadReport report = WorkloadRun.Carry(machine, machine.Simulation.Seed, plan, trace is null ? null : trace.Watch);
        Console.Out.Write(parsed.GetValue(format) == "json" ? WorkloadJson.Render(report) : WorkloadText.Render(report));
        if (trace is not null && !tracks!.TryWrite(trace))
        {
            return ExitCode.BadInput;
        }

        if (report.Unanswered is { } address)
        {
            Console.Error.WriteLine($"cxlsim: nothing answers {address}; a thread ended there");
            return ExitCode.NotAsExpected;
        }

        return ExitCode.Success;
    }

    private static List<TrafficTarget>? Targets(SimulatedMachine machine, Socket socket, IReadOnlyList<string> names)
    {
        List<TrafficTarget> targets = [];
        foreach (string? name in names.Count == 0 ? [null] : names.Cast<string?>())
        {
            if (TrafficPlaces.To(machine, socket, name) is not { } target)
            {
                return null;
            }

            targets.Add(target);
        }

        return targets;
    }
}
