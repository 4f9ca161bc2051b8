using System.Globalization;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>One replay, from recording to exit code.</summary>
internal sealed class ReplayRun(ReplayOptions options)
{
    public int Execute()
    {
        RecordingReadResult read = RecordingReader.ReadFile(options.Recording);
        foreach (Diagnostic diagnostic in read.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        if (read.Recording is not { } recording)
        {
            return ExitCode.BadInput;
        }

        SimulatedMachine? machine = null;
        try
        {
            machine = new SimulatedMachine(recording.Platform, recording.Header.Seed);
            return Play(recording, machine);
        }
        catch (Exception error) when (FileFault.Is(PlatformRun.Cause(error)))
        {
            Console.Error.WriteLine($"cxlsim: a file cannot be read or written: {PlatformRun.Cause(error).Message}");
            return ExitCode.BadInput;
        }
        catch (Exception bug)
        {
            return BugReport.Print(bug, machine, $"replay '{options.Recording}'", options.Recording);
        }
    }

    private int Play(Recording recording, SimulatedMachine machine)
    {
        using KernelLogOutput log = new(machine, shown: null, options.Dmesg);
        machine.Simulation.AddSink(log);
        using TraceFile trace = new(options.Trace);
        machine.Simulation.AddSink(trace);
        bool isOverwritten = options.Trace is { } written && recording.Header.Trace is { } kept && Path.GetFullPath(written) == Path.GetFullPath(kept);
        using TraceComparison comparison = new(isOverwritten ? null : recording.Header.Trace);
        machine.Simulation.AddSink(comparison);
        StopAt stop = new(machine, recording.Header.Until);
        machine.Simulation.AddSink(stop);
        TraceHash hash = new();
        machine.Simulation.AddSink(hash);

        ReplayResult result = new RecordingPlayer(new MachineSession(machine), recording, hash).Play();
        Print(recording, result, comparison.Difference);
        bool isReached = recording.Header.Until is null || stop.IsReached;
        bool isAsExpected = isReached && result.Steps.All(step => step.IsAsExpected) && result.Checks.All(check => check.Found);
        return result.Difference is null && isAsExpected ? ExitCode.Success : ExitCode.NotAsExpected;
    }

    private void Print(Recording recording, ReplayResult result, string? firstLine)
    {
        if (options.Quiet)
        {
            return;
        }

        foreach (Views.StepOutcome step in result.Steps.Where(step => !step.IsAsExpected))
        {
            FailedStep.Print(step);
        }

        string sum = string.Create(CultureInfo.InvariantCulture, $"{result.Events} events, hash {result.Hash}");
        if (result.Difference is null)
        {
            Console.Out.WriteLine(recording.End switch
            {
                null => $"same trace up to where the recording is cut off: {sum}",
                { Trace: null } => $"same events, and no hash was recorded: {sum}",
                _ => $"same trace: {sum}",
            });
            return;
        }

        Console.Out.WriteLine($"another trace: {result.Difference}");
        if (firstLine is not null)
        {
            Console.Out.WriteLine(firstLine);
        }

        if (recording.Header.Simulator != RecordingHeader.ThisSimulator)
        {
            Console.Out.WriteLine($"recorded by cxlsim {recording.Header.Simulator}, this is {RecordingHeader.ThisSimulator}");
        }
    }
}
