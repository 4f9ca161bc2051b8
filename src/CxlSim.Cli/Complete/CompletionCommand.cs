using System.CommandLine;

namespace CxlSim.Cli;

/// <summary><c>cxlsim completion SHELL</c>: what has the Tab key of a shell complete commands, options, words and platform files.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh or fish." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Command command = new("completion", "Print a script with which Tab completes commands, options, words and files. Run it where the shell starts: ~/.bashrc, ~/.zshrc behind compinit, or a file in ~/.config/fish/completions.") { shell };
        command.SetAction(parsed =>
        {
            using Stream script = typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{parsed.GetValue(shell)}")!;
            using StreamReader reader = new(script);
            Console.Out.Write(reader.ReadToEnd());
        });
        return command;
    }
}
