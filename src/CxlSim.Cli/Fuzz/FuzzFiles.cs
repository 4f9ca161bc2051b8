using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>Holds scenario files against the invariants.</summary>
internal static class FuzzFiles
{
    public static int Run(string[] files)
    {
        bool isBroken = false;
        foreach (string file in files)
        {
            ScenarioReadResult read = ScenarioReader.ReadFile(file);
            foreach (Diagnostic diagnostic in read.Diagnostics)
            {
                Console.Error.WriteLine(diagnostic);
            }

            if (read.Cases.Count == 0)
            {
                return ExitCode.BadInput;
            }

            foreach (ScenarioCase scenario in read.Cases)
            {
                FuzzFailure? failure = FuzzCase.FailureOf(scenario);
                isBroken |= failure is not null;
                Console.Out.WriteLine($"{scenario.Name}: {(failure is null ? "nothing found" : failure)}");
            }
        }

        return isBroken ? ExitCode.NotAsExpected : ExitCode.Success;
    }
}
