using System.CommandLine;

namespace CxlSim.Cli;

/// <summary>What a command line that makes no sense is answered with.</summary>
internal static class Usage
{
    /// <summary>How the message of an option that nobody knows begins.</summary>
    public const string UnknownOption = "unknown option";

    public static int Refuse(ParseResult arguments)
    {
        foreach (string message in Messages(arguments))
        {
            Console.Error.WriteLine($"cxlsim: {message}");
        }

        Command command = arguments.CommandResult.Command;
        Console.Error.WriteLine($"cxlsim: see 'cxlsim --help' and 'cxlsim {(command is RootCommand ? "run" : CommandTree.Path(command))} --help'");
        return ExitCode.BadInput;
    }

    /// <summary>What follows from a misspelt command or option is left out: the library takes the next word for one word too many.</summary>
    private static IEnumerable<string> Messages(ParseResult arguments)
    {
        if (arguments.CommandResult.Command is RootCommand && arguments.UnmatchedTokens.Count > 0)
        {
            return [$"unknown command '{arguments.UnmatchedTokens[0]}'"];
        }

        string[] messages = [.. arguments.Errors.Select(error => error.Message)];
        string[] options = [.. messages.Where(message => message.StartsWith(UnknownOption, StringComparison.Ordinal))];
        return options.Length > 0 ? options : messages;
    }
}
