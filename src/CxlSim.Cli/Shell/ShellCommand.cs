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
        Argument<string[]> command = new("command") { Description = "What to run after --; your shell when nothing is said.", Arity = ArgumentArity.ZeroOrMore };
        Command shell = new("shell", "Run a command, or a shell, in which /sys, /dev and /proc/iomem are the booted machine's.") { platform, root, command };
        shell.SetAction(parsed => Execute(parsed.GetValue(platform)!, Path.GetFullPath(parsed.GetValue(root)!), parsed.GetValue(command) ?? []));
        return shell;
    }

    private static int Execute(string platformFile, string root, string[] command)
    {
        if (NamespaceShell.Missing() is { } missing)
        {
            Console.Error.WriteLine($"cxlsim: {missing}");
            return ExitCode.BadInput;
        }

        if (BootedMachine.Boot(platformFile) is not { } session)
        {
            return ExitCode.BadInput;
        }

        string tree = Directory.CreateTempSubdirectory("cxlsim-").FullName;
        try
        {
            using LiveMachine machine = new(session);
            using FuseMount mount = new(machine, tree);
            return NamespaceShell.Run(root, tree, command.Length > 0 ? command : ["/bin/sh"]);
        }
        catch (Exception error) when (error is IOException or DllNotFoundException)
        {
            Console.Error.WriteLine($"cxlsim: {error.Message} (Debian: apt-get install fuse3)");
            return ExitCode.BadInput;
        }
        finally
        {
            Directory.Delete(tree);
        }
    }
}
