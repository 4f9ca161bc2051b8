namespace CxlSim.Cli;

/// <summary>Reads commands line by line: at a terminal behind a prompt, else with an echo, so that a transcript reads well.</summary>
/// <param name="shell">Does them.</param>
/// <param name="read">Gives the next line, behind a prompt where a person types; null at the end. What begins with # is passed over.</param>
/// <param name="output">Takes the echo.</param>
/// <param name="isTerminal">Whether a person types. An empty line repeats the last movement then.</param>
internal sealed class DebugConsole(DebugShell shell, Func<string, string?> read, TextWriter output, bool isTerminal)
{
    private const string Prompt = "(cxlsim) ";

    /// <summary>Until quit or the end of the input. Exit code 1 where a script had a command that made no sense, 70 where a bug of the simulator was met.</summary>
    public int Run()
    {
        bool areGood = true;
        shell.PrintStatus();
        while (!shell.HasQuit && read(Prompt) is { } line)
        {
            string command = line.Trim();
            if (command.Length == 0 && isTerminal)
            {
                shell.Repeat();
            }
            else if (command.Length > 0 && command[0] != '#')
            {
                areGood &= Execute(command);
            }

            output.Flush();
        }

        return shell.HasMetBug ? ExitCode.SimulatorBug : areGood || isTerminal ? ExitCode.Success : ExitCode.NotAsExpected;
    }

    private bool Execute(string command)
    {
        if (!isTerminal)
        {
            output.Write($"{Prompt}{command}\n");
        }

        return shell.Execute(command);
    }
}
