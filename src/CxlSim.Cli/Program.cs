using System.CommandLine;
using System.CommandLine.Invocation;
using CxlSim.Cli;

Interrupt.Listen();
StandardStream.Use();
ParseResult arguments = CommandTree.Create().Parse(args is ["help", .. string[] command] ? [.. command, "--help"] : args);

// Help on a command that is none would be that of the program.
return arguments.Action is ParseErrorAction || (arguments.Action is HelpWithExamples && arguments.UnmatchedTokens.Count > 0)
    ? Usage.Refuse(arguments)
    : arguments.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
