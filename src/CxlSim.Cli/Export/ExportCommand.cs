using System.CommandLine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim export sysfs PLATFORM DIR</c>: the booted machine's /sys and /proc as plain files.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        BootArguments boot = new();
        Argument<string> directory = new("directory") { Description = "A directory that is empty, or not there yet." };
        Command sysfs = new("sysfs", "Write /sys and /proc of the booted machine as files: lsmem --sysroot DIR, lstopo --input DIR.");
        boot.AddTo(sysfs);
        sysfs.Add(directory);
        sysfs.SetAction(parsed => Execute(boot, boot.Boot(parsed), parsed.GetValue(directory)!));
        return new Command("export", "Write something of a booted machine to files.") { sysfs };
    }

    private static int Execute(BootArguments boot, MachineSession? session, string directory)
    {
        if (session is null)
        {
            return boot.WithoutMachine;
        }

        try
        {
            TreeExport export = new(session);
            Interrupt.Hold(() => export.Write(directory));
            Console.Error.WriteLine($"{export.Files} files below {directory}");
            return ExitCode.Success;
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            Console.Error.WriteLine($"cxlsim: the files cannot be written: {error.Message}");
            return ExitCode.BadInput;
        }
    }
}
