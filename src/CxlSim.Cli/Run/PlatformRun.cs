using System.Diagnostics;
using System.Globalization;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary>One run, from file to exit code.</summary>
internal sealed class PlatformRun(RunOptions options)
{
    public int Execute()
    {
        long started = Stopwatch.GetTimestamp();
        if (PlatformFile.Read(options.Input, out PlatformReadResult read) is not { } platform)
        {
            return ExitCode.BadInput;
        }

        SimulatedMachine? machine = null;
        SessionRecording? recording = null;
        try
        {
            machine = new SimulatedMachine(platform, options.Seed);
            MachineSession session = new(machine);
            RecordingHeader header = options.Input.Header(options.Seed) with { Until = options.Until, Trace = options.Trace };
            using (recording = new SessionRecording(session, header, read, options.Record))
            {
                return Run(session, started);
            }
        }
        catch (Exception error) when (FileFault.Is(Cause(error)))
        {
            Console.Error.WriteLine($"cxlsim: the output cannot be written: {Cause(error).Message}");
            return ExitCode.BadInput;
        }
        catch (Exception bug)
        {
            return BugReport.Print(bug, machine, Command(), recording); // everything a user or a modelled machine can do wrong is a value: this is ours
        }
    }

    /// <summary>For a bug that leaves nothing to replay.</summary>
    private string Command() => string.Create(
        CultureInfo.InvariantCulture, $"run '{options.Platform}'{Each("set", options.Settings)}{Each("append", options.Append is { } words ? [words] : [])}{Each("step", options.MoreSteps)} --seed {options.Seed}");

    private static string Each(string option, IEnumerable<string> values) => string.Concat(values.Select(value => $" --{option} '{value}'"));

    private int Run(MachineSession session, long started)
    {
        SimulatedMachine machine = session.Machine;
        using KernelLogOutput log = new(machine, options.Quiet ? null : options.LogLevel, options.Dmesg);
        machine.Simulation.AddSink(log);
        using TraceFile trace = new(options.Trace);
        machine.Simulation.AddSink(trace);
        StopAt stop = new(machine, options.Until);
        machine.Simulation.AddSink(stop);
        List<StepOutcome> steps = [];
        IReadOnlyList<PlacementCheck> checks = [];
        if (session.Boot())
        {
            StepRunner runner = new(session);
            steps.AddRange(machine.Platform.Steps.TakeWhile(_ => !stop.IsReached).Select(runner.Run));
            checks = stop.IsReached ? [] : session.CheckPlacement();
        }

        RunReport report = RunReportBuilder.Build(machine, checks, steps);
        Print(report, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        bool reached = options.Until is null || stop.IsReached;
        if (!reached && !options.Quiet)
        {
            Console.Error.WriteLine($"cxlsim: the run came to its end without {options.Until}");
        }

        return reached && steps.TrueForAll(step => step.IsAsExpected) && checks.All(check => check.Found) ? ExitCode.Success : ExitCode.NotAsExpected;
    }

    /// <summary>The loggers wrap what their writers throw.</summary>
    public static Exception Cause(Exception error) => error is AggregateException { InnerException: { } inner } ? inner : error;

    private void Print(RunReport report, double wallMs)
    {
        if (options.Quiet)
        {
            return;
        }

        foreach (StepOutcome step in report.Steps.Where(step => !step.IsAsExpected))
        {
            FailedStep.Print(step);
        }

        if (options.Json)
        {
            Console.Out.Write(RunReportJson.Render(report, wallMs));
        }
        else
        {
            RunReportTable.Print(report, wallMs);
        }
    }
}
