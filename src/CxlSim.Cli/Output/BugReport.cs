using System.Globalization;
using CxlSim.Machine;

namespace CxlSim.Cli;

/// <summary>What our own mistakes are answered with: enough to see them again.</summary>
internal static class BugReport
{
    /// <summary>The same where the recording shows it again.</summary>
    public static int Print(Exception bug, SimulatedMachine? machine, string command, SessionRecording? recording) =>
        recording?.Keep() is { } file ? Print(bug, machine, $"replay '{file}'", file) : Print(bug, machine, command, (string?)null);

    /// <param name="bug">What came out.</param>
    /// <param name="machine">The machine that it happened to; null before there was one.</param>
    /// <param name="command">The words behind <c>cxlsim</c> that show it again.</param>
    /// <param name="recording">A recording of it; null where there is none.</param>
    public static int Print(Exception bug, SimulatedMachine? machine, string command, string? recording = null)
    {
        Console.Error.WriteLine($"cxlsim: a bug of the simulator: {bug.Message}");
        if (machine is not null)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"cxlsim: at event {machine.Simulation.EventNumber}, time {machine.Simulation.Now.ToString().Trim()} s, phase {machine.Phase}"));
        }

        Console.Error.WriteLine($"cxlsim: see it again: cxlsim {command}");
        if (recording is not null)
        {
            Console.Error.WriteLine($"cxlsim: step through it: cxlsim debug '{recording}'");
        }

        Console.Error.WriteLine(bug.StackTrace);
        return ExitCode.SimulatorBug;
    }
}
