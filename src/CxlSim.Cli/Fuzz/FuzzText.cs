using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>What the command prints.</summary>
internal static class FuzzText
{
    /// <summary>A case's file, with what did not hold above it.</summary>
    public static string Of(FuzzNode file, FuzzFailure failure) => string.Concat(failure.ToString().Split('\n').Select(line => $"# {line}\n")) + file.Render();

    public static int List()
    {
        foreach (FuzzInvariant invariant in FuzzInvariants.All)
        {
            Console.Out.WriteLine($"{invariant.Name,-24} {invariant.Sentence}");
        }

        return ExitCode.Success;
    }
}
