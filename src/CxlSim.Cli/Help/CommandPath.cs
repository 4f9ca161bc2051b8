using System.CommandLine;

namespace CxlSim.Cli;

/// <summary>The words that lead to a command.</summary>
internal static class CommandPath
{
    /// <returns>Without the program's own name: <c>show lsmem</c>; empty of the program itself.</returns>
    public static string Of(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{Of(parent)} {command.Name}" : command is RootCommand ? string.Empty : command.Name;
}
