using System.CommandLine;
using System.Text;
using CxlSim.Kernel;
using CxlSim.Views;

namespace CxlSim.Cli;

/// <summary><c>cxlsim show WHAT PLATFORM</c>: a file of /proc, or what a tool of Linux prints, of the booted machine.</summary>
internal static class ShowCommand
{
    public static Command Create() => new("show", "Print what Linux says of a booted machine's memory, as its files and tools do.")
    {
        OfProc("iomem", "/proc/iomem: physical addresses and who has them.", kernel => IomemView.Render(kernel.Iomem)),
        OfProc("zoneinfo", "/proc/zoneinfo: zones of nodes, their pages and watermarks.", ZoneinfoView.Render),
        OfProc("buddyinfo", "/proc/buddyinfo: free blocks of each order.", BuddyinfoView.Render),
        OfProc("vmstat", "/proc/vmstat: pages and requests for them, by what they are for; no counts of events.", VmstatView.Render),
        OfProc("meminfo", "/proc/meminfo: memory as a whole.", MeminfoView.Render),
        OfProc("modules", "/proc/modules: loaded modules.", kernel => ModulesView.Render(kernel.Modules)),
        OfProc("cmdline", "/proc/cmdline: the kernel's command line.", kernel => kernel.CommandLine.Text + "\n"),
        Lsmem(),
        Numactl(),
        Daxctl(),
    };

    private static Command OfProc(string name, string description, Func<LinuxKernel, string> render) =>
        Of(name, description, [], (kernel, _) => new ToolOutput(render(kernel), string.Empty));

    private static Command Lsmem()
    {
        LsmemFlags flags = new();
        Command command = Of(
            "lsmem", "What lsmem of util-linux 2.41 prints: ranges of memory blocks and their state.", flags.All,
            (kernel, parsed) => new ToolOutput(LsmemView.Render(kernel, flags.Read(parsed)), string.Empty));
        command.Validators.Add(flags.Refuse);
        return command;
    }

    private static Command Numactl()
    {
        Option<bool> hardware = new("--hardware", "-H") { Description = "Nodes and their memory: what is printed in any case." };
        Option<bool> compress = new("--cpu-compress") { Description = "CPUs in ranges, and their number." };
        return Of(
            "numactl", "What numactl --hardware of 2.0.19 prints: nodes, their CPUs and memory, and how far they are apart.", [hardware, compress],
            (kernel, parsed) => new ToolOutput(NumactlView.Render(kernel, parsed.GetValue(compress)), string.Empty));
    }

    private static Command Daxctl()
    {
        DaxctlFlags flags = new();
        return Of(
            "daxctl", "What daxctl list of ndctl 81 prints: dax devices and regions.", flags.All,
            (kernel, parsed) => DaxctlListView.Render(kernel, flags.Read(parsed)));
    }

    private static Command Of(string name, string description, IEnumerable<Option> options, Func<LinuxKernel, ParseResult, ToolOutput> render)
    {
        BootArguments boot = new();
        Command command = new(name, description);
        boot.AddTo(command);
        foreach (Option option in options)
        {
            command.Add(option);
        }

        command.SetAction(parsed => boot.Boot(parsed) is { } session ? Print(render(session.Kernel, parsed)) : boot.WithoutMachine);
        return command;
    }

    private static int Print(ToolOutput result)
    {
        Console.Error.Write(result.Errors);
        using Stream output = StandardStream.OpenOutput();
        output.Write(Encoding.UTF8.GetBytes(result.Output));
        return ExitCode.Success;
    }
}
