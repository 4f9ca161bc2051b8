using System.CommandLine;
using System.Text;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary><c>cxlsim list PLATFORM [the flags of cxl list]</c>: what the real <c>cxl list</c> would print in <c>cxlsim shell</c>.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        BootArguments boot = new();
        ListFlags flags = new();
        Command list = new("list", "Print what cxl list of ndctl 81 prints on a booted machine. Memdevs and regions, or what the flags ask for.");
        boot.AddTo(list);
        flags.AddTo(list);
        list.SetAction(parsed => boot.Boot(parsed) is { } session ? Execute(session, flags.Read(parsed)) : boot.WithoutMachine);
        return list;
    }

    private static int Execute(MachineSession session, CxlListOptions options)
    {
        ToolOutput result = session.Do("cxl list", () => CxlListView.RenderAsync(session.Kernel, options));
        Console.Error.Write(result.Errors);
        using Stream output = StandardStream.OpenOutput();
        output.Write(Encoding.Latin1.GetBytes(result.Output)); // a device's bytes, whatever they are
        return ExitCode.Success;
    }
}
