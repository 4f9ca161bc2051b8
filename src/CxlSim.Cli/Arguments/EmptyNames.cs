using System.CommandLine;
using System.CommandLine.Parsing;

namespace CxlSim.Cli;

/// <summary>The name of a file or directory that is empty, as a variable of a script that is not set: no command takes it.</summary>
internal static class EmptyNames
{
    private static readonly string[] HelpNames = ["file", "directory", "path"];

    /// <summary>Has all commands below one refuse them.</summary>
    public static void RefuseBelow(Command command)
    {
        foreach (Option option in command.Options.Where(option => HelpNames.Contains(option.HelpName)))
        {
            option.Validators.Add(result => Refuse(result, option.Name));
        }

        foreach (Argument argument in command.Arguments.Where(PathCompletions.MeansFiles))
        {
            argument.Validators.Add(result => Refuse(result, argument.Name));
        }

        foreach (Command sub in command.Subcommands)
        {
            RefuseBelow(sub);
        }
    }

    private static void Refuse(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => token.Value.Length == 0))
        {
            result.AddError($"found an empty name for {name}; expected one");
        }
    }
}
