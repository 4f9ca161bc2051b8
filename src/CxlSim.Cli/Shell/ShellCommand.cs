using System.CommandLine;
using CxlSim.Fuse;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim shell PLATFORM [-- COMMAND...]</c>: a shell in which the real tools find the simulated machine.</summary>
internal static class ShellCommand
{
    public static Command Create()
    {
        Argument<string> platform = new("platform") { Description = "The platform file (YAML)." };
        Option<string> root = new("--root") { Description = "Tree that the tools come from.", DefaultValueFactory = _ => "/" };
        Option<string[]> bind = new("--bind") { Description = "Something of the host to show in the root tree, FROM:TO; may be repeated." };
        Option<string?> append = new("--append") { Description = "Words to add to the kernel's command line." };
        Argument<string[]> command = new("command") { Description = "What to run, after --; a shell when nothing is said.", Arity = ArgumentArity.ZeroOrMore };
        Command shell = new("shell", "Run a command, or a shell, in which /sys, /dev and /proc are the booted machine's.") { platform, root, bind, append, command };
        shell.SetAction(parsed => Execute(
            parsed.GetValue(platform)!, Path.GetFullPath(parsed.GetValue(root)!), parsed.GetValue(bind) ?? [], parsed.GetValue(append), parsed.GetValue(command) ?? []));
        return shell;
    }

    private static int Execute(string platformFile, string root, string[] binds, string? append, string[] command)
    {
        try
        {
            OwnNamespace.Enter();
            if (BootedMachine.Boot(platformFile, append) is not { } session)
            {
                return ExitCode.BadInput;
            }

            using LiveMachine machine = new(session);
            using FuseMount mount = new(machine, new KernelTree(session), OwnNamespace.MountPoint, outlivesNothing: false);
            int exitCode = NamespaceShell.Run(machine, root, OwnNamespace.MountPoint, binds, command.Length > 0 ? command : ["/bin/sh"]);
            return machine.Failure is null ? exitCode : throw machine.Failure;
        }
        catch (IOException error)
        {
            Console.Error.WriteLine($"cxlsim: {error.Message}");
            return ExitCode.BadInput;
        }
    }
}
