using System.CommandLine;
using System.CommandLine.Parsing;

namespace CxlSim.Cli;

/// <summary>An output would empty the file that is read, or two outputs would fall into one.</summary>
internal static class DifferentFiles
{
    /// <param name="result">The command line.</param>
    /// <param name="input">What is read.</param>
    /// <param name="outputs">What may be written.</param>
    public static void Demand(CommandResult result, Argument<string> input, params Option<string?>[] outputs)
    {
        IEnumerable<Token> tokens = [.. result.GetResult(input)?.Tokens ?? [], .. outputs.SelectMany(output => result.GetResult(output)?.Tokens ?? [])];
        string[] paths = [.. tokens.Where(t => t.Value.Length > 0 && !t.Value.StartsWith("/dev/", StringComparison.Ordinal)).Select(t => Path.GetFullPath(t.Value))];
        if (paths.Distinct(StringComparer.Ordinal).Count() < paths.Length)
        {
            string[] names = [$"the {input.Name}", .. outputs.Select(output => output.Name)];
            result.AddError($"found one file named twice; expected {string.Join(", ", names[..^1])} and {names[^1]} to be different files");
        }
    }
}
