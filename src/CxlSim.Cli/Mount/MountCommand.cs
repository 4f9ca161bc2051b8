using System.CommandLine;
using CxlSim.Fuse;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim mount PLATFORM DIR</c>: the booted machine's /sys, /proc and /dev below a directory, until a signal ends it, or somebody unmounts it.</summary>
internal static class MountCommand
{
    public static Command Create()
    {
        BootArguments boot = new(records: true);
        Argument<string> directory = new("directory") { Description = "An empty directory." };
        Command command = new("mount", "Show a booted machine's /sys, /proc and /dev below a directory.");
        boot.AddTo(command);
        command.Add(directory);
        command.SetAction(parsed => Execute(boot, parsed, parsed.GetValue(directory)!));
        return command;
    }

    private static int Execute(BootArguments boot, ParseResult parsed, string directory)
    {
        if (!Directory.Exists(directory))
        {
            Console.Error.WriteLine($"cxlsim: {directory} is not a directory");
            return ExitCode.BadInput;
        }

        try
        {
            if (boot.Boot(parsed) is not { } session)
            {
                return boot.WithoutMachine;
            }

            using ManualResetEventSlim ended = new();
            using IDisposable signals = Interrupt.TakeOver(_ => End(ended)); // before there is a mount
            using LiveMachine machine = new(session);
            using FuseMount mount = new(machine, new KernelTree(session), directory, endsWithServer: true, ended.Set);
            Console.Error.WriteLine($"{session.Machine.Platform.Name} is mounted on {directory}; end with Ctrl-C");
            ended.Wait();
            return machine.Failure is null ? ExitCode.Success : boot.Report(machine.Failure, parsed);
        }
        catch (IOException error)
        {
            Console.Error.WriteLine($"cxlsim: {error.Message}");
            return ExitCode.BadInput;
        }
        catch (Exception bug)
        {
            return boot.Report(bug, parsed); // ours, as in cxlsim run
        }
    }

    private static bool End(ManualResetEventSlim ended)
    {
        ended.Set();
        return true;
    }
}
