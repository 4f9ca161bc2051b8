using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>The debugger as a person or a script meets it on this process's console.</summary>
internal static class DebugTerminal
{
    private const string History = "debug_history";

    public static int Run(PlatformDescription platform, ulong seed)
    {
        if (Console.IsInputRedirected)
        {
            return new DebugConsole(new DebugShell(new DebugSession(platform, seed), Console.Out), _ => Console.In.ReadLine(), Console.Out, isTerminal: false).Run();
        }

        using DebugInterrupt interrupt = new();
        DebugShell shell = new(new DebugSession(platform, seed) { IsInterrupted = () => interrupt.IsAsked }, Console.Out);
        Func<string, string?> read = SystemTerminal.IsThere
            ? new LineEditor(new SystemTerminal(), new LineHistory(LineHistory.FileOfUser(History)), shell.Complete).Read
            : ReadPlain;
        return new DebugConsole(shell, ReadNext, Console.Out, isTerminal: true).Run();

        string? ReadNext(string prompt)
        {
            interrupt.Reset();
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
