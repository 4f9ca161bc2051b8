using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>A platform file that a command was given.</summary>
internal static class PlatformFile
{
    /// <summary>Null where the file makes no sense. What is wrong, or worth a warning, is printed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">What is to be said in its place.</param>
    public static PlatformDescription? Read(string path, params IReadOnlyList<string> settings) => Read(new PlatformInput(path) { Settings = settings }, out _);

    /// <summary>The same of a file with all that the command line says besides it; gives what was read as well.</summary>
    public static PlatformDescription? Read(PlatformInput input, out PlatformReadResult read)
    {
        read = input.Read();
        foreach (Diagnostic diagnostic in read.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        return read.Platform;
    }
}
