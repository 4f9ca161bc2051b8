using System.CommandLine;
using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Fuse;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim mount PLATFORM DIR</c>: the booted machine's /sys, /proc and /dev below a directory, until a signal ends it.</summary>
internal static class MountCommand
{
    public static Command Create()
    {
        Argument<string> platform = new("platform") { Description = "The platform file (YAML)." };
        Argument<string> directory = new("directory") { Description = "An empty directory." };
        Command command = new("mount", "Show a booted machine's /sys, /proc and /dev below a directory.") { platform, directory };
        command.SetAction(parsed => Execute(parsed.GetValue(platform)!, parsed.GetValue(directory)!));
        return command;
    }

    private static int Execute(string platformFile, string directory)
    {
        PlatformReadResult read = PlatformReader.ReadFile(platformFile);
        foreach (Diagnostic diagnostic in read.Diagnostics)
        {
            Console.Error.WriteLine(diagnostic);
        }

        if (read.Platform is not { } platform)
        {
            return ExitCode.BadInput;
        }

        MachineSession session = new(new SimulatedMachine(platform));
        session.Boot();
        using LiveMachine machine = new(session);
        using FuseMount mount = new(machine, directory);
        using ManualResetEventSlim ended = new();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        Console.Error.WriteLine($"{platform.Name} is mounted on {directory}; end with Ctrl-C");
        ended.Wait();
        return ExitCode.Success;

        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ended.Set();
        }
    }
}
