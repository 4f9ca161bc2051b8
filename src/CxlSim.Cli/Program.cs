using System.CommandLine;
using System.CommandLine.Invocation;
using CxlSim.Cli;

Interrupt.Listen();
StandardStream.Use();
ParseResult arguments = CommandTree.Create().Parse(args is ["help", .. string[] command] ? [.. command, "--help"] : args);

// Help on a command that is none would be that of the program.
if (arguments.Action is ParseErrorAction || (arguments.Action is HelpWithExamples && arguments.UnmatchedTokens.Count > 0))
{
    return Usage.Refuse(arguments);
}

try
{
    return arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception bug)
{
    return BugReport.Print(bug, null, string.Join(' ', args.Select(word => word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:=".Contains(letter)) ? word : $"'{word}'")));
}
