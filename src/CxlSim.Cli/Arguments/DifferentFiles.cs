using System.CommandLine;
using System.CommandLine.Parsing;

namespace CxlSim.Cli;

/// <summary>An output would empty the file that is read, or two outputs would fall into one.</summary>
internal static class DifferentFiles
{
    /// <param name="result">The command line.</param>
    /// <param name="input">What is read.</param>
    /// <param name="outputs">What may be written.</param>
    public static void Demand(CommandResult result, Argument input, params Option<string?>[] outputs)
    {
        string[] paths = [.. PathsOf(result.GetResult(input)?.Tokens ?? []).Distinct(StringComparer.Ordinal), .. outputs.SelectMany(output => PathsOf(result.GetResult(output)?.Tokens ?? []))];
        if (paths.Distinct(StringComparer.Ordinal).Count() < paths.Length)
        {
            string[] names = [$"the {input.Name}", .. outputs.Select(output => output.Name)];
            result.AddError($"found one file named twice; expected {string.Join(", ", names[..^1])} and {names[^1]} to be different files");
        }
    }

    /// <summary>A device takes whatever comes, and so does standard output.</summary>
    private static IEnumerable<string> PathsOf(IEnumerable<Token> tokens) =>
        tokens.Where(token => token.Value.Length > 0 && token.Value != WholeFile.Dash && !token.Value.StartsWith("/dev/", StringComparison.Ordinal)).Select(token => Path.GetFullPath(token.Value));
}
