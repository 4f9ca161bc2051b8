using System.CommandLine;

namespace CxlSim.Cli;

/// <summary><c>cxlsim dap</c>: the debugger for editors, by the Debug Adapter Protocol.</summary>
internal static class DapCommand
{
    public static Command Create()
    {
        Option<int?> port = NumberOption.Create("--port", "number", 0, ushort.MaxValue, "Listen on this port of the loopback address for one client after the other, instead of serving one on standard input and output; 0 takes a free port.");
        Command dap = new("dap", "Serve an editor's debugger by the Debug Adapter Protocol. On standard input and output; docs/DEBUGGER.md has what 'launch' takes.") { port };
        dap.SetAction(parsed => parsed.GetValue(port) is { } number ? DapPort.Listen((ushort)number) : OnStandardStreams());
        return dap;
    }

    private static int OnStandardStreams()
    {
        try
        {
            return new DapServer(Console.OpenStandardInput(), Console.OpenStandardOutput()).Run();
        }
        catch (Exception bug)
        {
            return BugReport.Print(bug, null, "dap"); // everything a client can do wrong is answered: this is ours
        }
    }
}
