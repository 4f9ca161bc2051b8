using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The debugger as a person or a script meets it on this process's console.</summary>
internal static class DebugTerminal
{
    private const string History = "debug_history";

    /// <param name="session">What is debugged.</param>
    /// <param name="report">Told of a bug of the simulator.</param>
    public static int Run(DebugSession session, Action<Exception> report)
    {
        DebugShell shell = new(session, Console.Out, report);
        if (Console.IsInputRedirected)
        {
            return new DebugConsole(shell, _ => Console.In.ReadLine(), Console.Out, isTerminal: false).Run();
        }

        using DebugInterrupt interrupt = new();
        session.IsInterrupted = () => interrupt.IsAsked;
        Func<string, string?> read = SystemTerminal.IsThere
            ? new LineEditor(new SystemTerminal(), new LineHistory(LineHistory.FileOfUser(History)), shell.Complete).Read
            : ReadPlain;
        return new DebugConsole(shell, ReadNext, Console.Out, isTerminal: true).Run();

        string? ReadNext(string prompt)
        {
            interrupt.Reset();
            while (!Console.KeyAvailable && session.Prepare())
            {
                // going back will be the shorter for it
            }

            return read(prompt);
        }
    }

    /// <summary>Where the terminal cannot move its cursor.</summary>
    private static string? ReadPlain(string prompt)
    {
        Console.Out.Write(prompt);
        return Console.In.ReadLine();
    }
}
