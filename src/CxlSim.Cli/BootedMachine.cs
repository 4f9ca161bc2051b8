using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>From a platform file to a booted machine, for commands that show one.</summary>
internal static class BootedMachine
{
    /// <summary>Null where the file makes no sense; the diagnostics are printed then.</summary>
    /// <param name="platformFile">The platform file.</param>
    /// <param name="append">Words to add to the kernel's command line; null for none.</param>
    public static MachineSession? Boot(string platformFile, string? append = null)
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

        if (append is not null)
        {
            platform = platform with { Kernel = platform.Kernel with { CommandLine = $"{platform.Kernel.CommandLine} {append}".Trim() } };
        }

        MachineSession session = new(new SimulatedMachine(platform));
        session.Boot();
        return session;
    }
}
