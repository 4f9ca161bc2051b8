using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CxlSim.Cli;

/// <summary>What <c>--help</c> prints: of the program its commands in groups and where to begin, of a command what the library says and examples.</summary>
/// <param name="plain">The library's help.</param>
/// <param name="groups">The commands, with what they are for.</param>
internal sealed class HelpWithExamples(HelpAction plain, IReadOnlyList<(string Title, Command[] Commands)> groups) : SynchronousCommandLineAction
{
    private const int NameWidth = 15;

    public override bool ClearsParseErrors => plain.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        if (command is RootCommand)
        {
            Overview(output, command);
            return ExitCode.Success;
        }

        using StringWriter text = new();
        parseResult.InvocationConfiguration.Output = text;
        int code = plain.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.WriteLine(text.ToString().TrimEnd());
        Examples(output, command);
        return code;
    }

    private void Overview(TextWriter output, Command root)
    {
        output.WriteLine(root.Description);
        output.WriteLine("\nUsage: cxlsim COMMAND [options]");
        foreach ((string title, Command[] commands) in groups)
        {
            output.WriteLine($"\n{title}");
            foreach (Command command in commands)
            {
                output.WriteLine($"  {command.Name.PadRight(NameWidth)}{Brief(command)}");
            }
        }

        output.WriteLine($"\nOptions\n  {"-h, --help".PadRight(NameWidth)}This, or of a command its options and an example.\n  {"--version".PadRight(NameWidth)}The version.");
        Examples(output, root);
        output.WriteLine("\ndocs/TUTORIAL.md goes on from there.");
    }

    /// <summary>The first sentence.</summary>
    private static string Brief(Command command)
    {
        string text = command.Description!;
        int end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? text : text[..(end + 1)];
    }

    /// <summary>Those of the commands below it, where it has none of its own.</summary>
    private static void Examples(TextWriter output, Command command)
    {
        string path = CommandPath.Of(command);
        string[] lines = [.. CommandExamples.Of(path)];
        output.WriteLine(lines.Length == 1 ? "\nExample:" : "\nExamples:");
        foreach (string line in lines)
        {
            output.WriteLine($"  {line}");
        }
    }
}
