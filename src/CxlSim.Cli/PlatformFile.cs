using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary>A platform file that a command was given.</summary>
internal static class PlatformFile
{
    /// <summary>Null where the file makes no sense. What is wrong, or worth a warning, is printed.</summary>
    public static PlatformDescription? Read(string path)
    {
        PlatformReadResult read = PlatformReader.ReadFile(path);
        foreach (Diagnostic diagnostic in read.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        return read.Platform;
    }
}
