using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using CxlSim.Platform.Yaml;

namespace CxlSim.Cli;

/// <summary>What a command line that makes no sense is answered with.</summary>
internal static partial class Usage
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
        Console.Error.WriteLine($"cxlsim: see 'cxlsim --help' and 'cxlsim {(command is RootCommand ? "run" : CommandPath.Of(command))} --help'");
        return ExitCode.BadInput;
    }

    /// <summary>What follows from a misspelt command or option is left out: the library takes the next word for one word too many.</summary>
    private static IEnumerable<string> Messages(ParseResult arguments)
    {
        Command command = arguments.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            return [arguments.UnmatchedTokens.Count > 0 ? UnknownCommand(command, arguments.UnmatchedTokens[0]) : NoCommand(command)];
        }

        string[] messages = [.. arguments.Errors.Select(error => error.Message)];
        string[] options = [.. messages.Where(message => message.StartsWith(UnknownOption, StringComparison.Ordinal))];
        if (options.Length > 0)
        {
            return options.Select(option => option + NearestKey.Hint(Quoted().Match(option).Groups["word"].Value.Split('=')[0], command.Options.Select(known => known.Name)));
        }

        string[] missing = [.. Missing(arguments.CommandResult)];
        return missing.Length > 0 ? missing : messages.Select(Reworded);
    }

    private static string UnknownCommand(Command group, string word)
    {
        if (group is not RootCommand)
        {
            return $"unknown command '{word}' of '{CommandPath.Of(group)}'{Expected(group, word)}";
        }

        string hint = File.Exists(word) ? $"; to boot it: cxlsim run {word}" : NearestKey.Hint(word, group.Subcommands.Select(command => command.Name));
        return word.StartsWith('-') ? $"{UnknownOption} '{word}'" : $"unknown command '{word}'{hint}";
    }

    private static string NoCommand(Command group) => group is RootCommand
        ? "found no command; begin with 'cxlsim new my-machine.yaml', or boot a platform: 'cxlsim run PLATFORM.yaml'"
        : $"found no command of '{CommandPath.Of(group)}'{Expected(group, string.Empty)}";

    private static string Expected(Command group, string word)
    {
        string[] names = [.. group.Subcommands.Select(command => command.Name)];
        return NearestKey.Find(word, names) is { } nearest ? $"; did you mean '{nearest}'?" : $"; expected one of {string.Join(", ", names)}";
    }

    /// <summary>What is missing, what it is, and how a command line looks that has it.</summary>
    private static IEnumerable<string> Missing(CommandResult result) =>
        from argument in result.Command.Arguments
        where argument.Arity.MinimumNumberOfValues > (result.GetResult(argument)?.Tokens.Count ?? 0)
        let example = CommandExamples.Of(CommandPath.Of(result.Command)).First(line => line.Contains($"cxlsim {CommandPath.Of(result.Command)} ", StringComparison.Ordinal))
        select $"found no {argument.Name}: {char.ToLowerInvariant(argument.Description![0])}{argument.Description[1..].TrimEnd('.')}; for example: {example}";

    /// <summary>The library lists the words that an option takes line by line.</summary>
    private static string Reworded(string message)
    {
        if (OneOf().Match(message) is not { Success: true } found)
        {
            return message;
        }

        string word = found.Groups["word"].Value;
        string[] known = [.. Quoted().Matches(found.Groups["list"].Value).Select(match => match.Groups["word"].Value)];
        return $"found '{word}'; expected one of {string.Join(", ", known.Select(one => $"'{one}'"))}{NearestKey.Hint(word, known)}";
    }

    [GeneratedRegex("'(?<word>[^']*)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^Argument '(?<word>.*?)' not recognized\. Must be one of:(?<list>.*)$", RegexOptions.Singleline)]
    private static partial Regex OneOf();
}
