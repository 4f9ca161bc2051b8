using System.CommandLine;
using System.CommandLine.Parsing;

namespace CxlSim.Cli;

/// <summary>The folder of a file that is written when all work is done: that it is not there is said before.</summary>
internal static class OutputFolder
{
    public static void Demand(CommandResult result, params Option<string?>[] outputs)
    {
        foreach (Option<string?> output in outputs)
        {
            if (result.GetResult(output)?.Tokens is [{ Value: { Length: > 0 } path }, ..] && !WholeFile.IsStandardOutput(path)
                && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            {
                result.AddError($"found '{path}' for {output.Name}, and no folder {folder}; expected one that is there");
            }
        }
    }
}
