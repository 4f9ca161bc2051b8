using System.Globalization;
using CxlSim.Machine;

namespace CxlSim.Cli;

/// <summary>What our own mistakes are answered with: enough to see them again.</summary>
internal static class BugReport
{
    public static int Print(RunOptions options, SimulatedMachine? machine, Exception bug)
    {
        Console.Error.WriteLine($"cxlsim: a bug of the simulator: {bug.Message}");
        if (machine is not null)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"cxlsim: at event {machine.Simulation.EventNumber}, time {machine.Simulation.Now.ToString().Trim()} s, phase {machine.Phase}"));
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cxlsim: see it again: cxlsim run {options.Platform}{string.Concat(options.Settings.Select(setting => $" --set '{setting}'"))} --seed {options.Seed}"));
        Console.Error.WriteLine(bug.StackTrace);
        return ExitCode.SimulatorBug;
    }
}
