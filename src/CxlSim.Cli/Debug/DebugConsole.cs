namespace CxlSim.Cli;

/// <summary>Reads commands line by line: behind a prompt on a terminal, else with an echo, so that a transcript reads well.</summary>
/// <param name="shell">Does them.</param>
/// <param name="input">One command to a line; what begins with # is passed over.</param>
/// <param name="output">Takes prompts and echoes.</param>
/// <param name="isTerminal">Whether a person types.</param>
internal sealed class DebugConsole(DebugShell shell, TextReader input, TextWriter output, bool isTerminal)
{
    private const string Prompt = "(cxlsim) ";

    /// <summary>Until quit or the end of the input. Exit code 1 where a script had a command that made no sense.</summary>
    public int Run()
    {
        bool areGood = true;
        shell.PrintStatus();
        while (!shell.HasQuit && Read() is { } line)
        {
            string command = line.Trim();
            if (command.Length == 0 || command[0] == '#')
            {
                continue;
            }

            if (!isTerminal)
            {
                output.Write($"{Prompt}{command}\n");
            }

            areGood &= shell.Execute(command);
            output.Flush();
        }

        return areGood || isTerminal ? ExitCode.Success : ExitCode.NotAsExpected;
    }

    private string? Read()
    {
        if (isTerminal)
        {
            output.Write(Prompt);
            output.Flush();
        }

        return input.ReadLine();
    }
}
