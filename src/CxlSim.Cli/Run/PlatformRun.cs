using System.Diagnostics;
using CxlSim.Core;
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
        PlatformReadResult read = PlatformReader.ReadFile(options.Platform);
        foreach (Diagnostic diagnostic in read.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        if (read.Platform is not { } platform)
        {
            return ExitCode.BadInput;
        }

        SimulatedMachine? machine = null;
        try
        {
            machine = new SimulatedMachine(platform, options.Seed);
            return Run(machine, started);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"cxlsim: {error.Message}"); // a file that the user named cannot be written
            return ExitCode.BadInput;
        }
        catch (Exception bug)
        {
            return BugReport.Print(options, machine, bug); // everything a user or a modelled machine can do wrong is a value: this is ours
        }
    }

    private int Run(SimulatedMachine machine, long started)
    {
        using KernelLogOutput log = new(machine, options.Quiet ? null : options.LogLevel, options.Dmesg);
        machine.Simulation.AddSink(log);
        using TraceFile trace = new(options.Trace);
        machine.Simulation.AddSink(trace);
        if (options.Until is { } name)
        {
            machine.Simulation.AddSink(new StopAt(machine, name));
        }

        MachineSession session = new(machine);
        bool complete = session.Boot();
        List<StepOutcome> steps = [];
        IReadOnlyList<PlacementCheck> checks = [];
        if (complete)
        {
            StepRunner runner = new(session);
            steps.AddRange(machine.Platform.Steps.Select(runner.Run));
            checks = session.CheckPlacement();
        }

        RunReport report = RunReportBuilder.Build(machine, checks, steps);
        Print(report, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return steps.TrueForAll(step => step.IsAsExpected) && checks.All(check => check.Found) ? ExitCode.Success : ExitCode.NotAsExpected;
    }

    private void Print(RunReport report, double wallMs)
    {
        if (options.Quiet)
        {
            return;
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
