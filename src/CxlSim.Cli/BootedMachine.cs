using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>From a platform file to a booted machine, for commands that show one.</summary>
internal static class BootedMachine
{
    /// <summary>Null where the file makes no sense; the diagnostics are printed then.</summary>
    public static MachineSession? Boot(string platformFile)
    {
        PlatformReadResult read = PlatformReader.ReadFile(platformFile);
        foreach (Diagnostic diagnostic in read.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        if (read.Platform is not { } platform)
        {
            return null;
        }

        MachineSession session = new(new SimulatedMachine(platform));
        session.Boot();
        return session;
    }
}
