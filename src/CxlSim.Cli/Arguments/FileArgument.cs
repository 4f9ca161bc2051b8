using System.CommandLine;
using System.CommandLine.Parsing;

namespace CxlSim.Cli;

/// <summary>A file, or several, that a command reads. <c>-</c> is standard input; a name that begins with a dash is written <c>./-name</c>.</summary>
internal static class FileArgument
{
    public const string StandardInput = "/dev/stdin";

    public static Argument<string> One(string name, string description)
    {
        Argument<string> argument = new(name) { Description = description, CustomParser = result => Path(result.Tokens[0]) };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    public static Argument<string[]> Several(string name, string description, ArgumentArity arity)
    {
        Argument<string[]> argument = new(name) { Description = description, Arity = arity, CustomParser = result => [.. result.Tokens.Select(Path)] };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>The parser takes an option that it does not know for a file.</summary>
    public static void RefuseOptions(ArgumentResult result)
    {
        foreach (string word in result.Tokens.Select(token => token.Value).Where(word => word.StartsWith('-') && word != WholeFile.Dash))
        {
            result.AddError($"{Usage.UnknownOption} '{word}'");
        }
    }

    private static string Path(Token token) => token.Value == WholeFile.Dash ? StandardInput : token.Value;
}
