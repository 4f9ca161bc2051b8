using System.Globalization;
using CxlSim.Machine;

namespace CxlSim.Cli;

/// <summary>What our own mistakes are answered with: enough to see them again.</summary>
internal static class BugReport
{
    /// <param name="bug">What came out.</param>
    /// <param name="machine">The machine that it happened to; null before there was one.</param>
    /// <param name="command">The words behind <c>cxlsim</c> that show it again.</param>
    public static int Print(Exception bug, SimulatedMachine? machine, string command)
    {
        Console.Error.WriteLine($"cxlsim: a bug of the simulator: {bug.Message}");
        if (machine is not null)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"cxlsim: at event {machine.Simulation.EventNumber}, time {machine.Simulation.Now.ToString().Trim()} s, phase {machine.Phase}"));
        }

        Console.Error.WriteLine($"cxlsim: see it again: cxlsim {command}");
        Console.Error.WriteLine(bug.StackTrace);
        return ExitCode.SimulatorBug;
    }
}
