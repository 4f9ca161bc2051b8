using System.Globalization;
using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary>A platform file that a command was given.</summary>
internal static class PlatformFile
{
    /// <summary>Null where the file makes no sense. What is wrong, or worth a warning, is printed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">What is to be said in its place.</param>
    public static PlatformDescription? Read(string path, params IReadOnlyList<string> settings)
    {
        PlatformReadResult read = PlatformReader.ReadFile(path, settings);
        foreach (Diagnostic diagnostic in read.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        return read.Platform;
    }

    /// <summary>The file's platform with more steps behind its own, as they stand on the command line; null where one of all that makes no sense.</summary>
    public static PlatformDescription? Read(string path, IReadOnlyList<string> settings, IReadOnlyList<string> moreSteps)
    {
        PlatformDescription? platform = Read(path, settings);
        List<StepDescription> steps = [.. platform?.Steps ?? []];
        int ofFile = steps.Count;
        foreach (string text in moreSteps)
        {
            StepReadResult read = PlatformReader.ReadStep(text, string.Create(CultureInfo.InvariantCulture, $"--step {steps.Count - ofFile + 1}"));
            foreach (Diagnostic diagnostic in read.Diagnostics)
            {
                Console.Error.WriteLine(diagnostic);
            }

            if (read.Step is not { } step)
            {
                return null;
            }

            steps.Add(step);
        }

        return platform is null ? null : platform with { Steps = steps };
    }
}
