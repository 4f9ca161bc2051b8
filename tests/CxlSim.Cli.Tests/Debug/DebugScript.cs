using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli.Tests;

/// <summary>A session at the debugger, from commands to what it prints.</summary>
internal static class DebugScript
{
    /// <summary>All that is printed, and the exit code.</summary>
    public static (string Output, int ExitCode) Run(string platform, params string[] commands)
    {
        PlatformDescription described = PlatformReader.ReadFile(platform).Platform!;
        using StringReader input = new(string.Join('\n', commands));
        using StringWriter output = new() { NewLine = "\n" };
        int code = new DebugConsole(new DebugShell(new DebugSession(described), output), _ => input.ReadLine(), output, isTerminal: false).Run();
        return (output.ToString(), code);
    }

    /// <summary>What the last command prints.</summary>
    public static string Last(string platform, params string[] commands)
    {
        string output = Run(platform, commands).Output;
        string echo = $"(cxlsim) {commands[^1]}\n";
        return output[(output.LastIndexOf(echo, StringComparison.Ordinal) + echo.Length)..];
    }
}
