using System.CommandLine;
using System.Runtime.InteropServices;
using CxlSim.Fuse;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary><c>cxlsim shell PLATFORM [-- COMMAND...]</c>: a shell in which the real tools find the simulated machine.</summary>
internal static class ShellCommand
{
    public static Command Create()
    {
        BootArguments boot = new(records: true);
        Option<string> root = new("--root") { HelpName = "directory", Description = "Tree that the tools come from.", DefaultValueFactory = _ => "/" };
        Option<string[]> bind = new("--bind") { Description = "Something of the host to show in the root tree, FROM:TO; may be repeated." };
        Argument<string[]> command = new("command") { Description = "What to run, after --; a shell when nothing is said. After kexec -e it is started again, in the new kernel.", Arity = ArgumentArity.ZeroOrMore };
        Command shell = new("shell", "Run a command, or a shell, in which /sys, /dev and /proc are the booted machine's.");
        boot.AddTo(shell);
        shell.Add(root);
        shell.Add(bind);
        shell.Add(command);
        shell.SetAction(parsed => Execute(boot, parsed, Path.GetFullPath(parsed.GetValue(root)!), parsed.GetValue(bind) ?? [], parsed.GetValue(command) ?? []));
        return shell;
    }

    private static int Execute(BootArguments boot, ParseResult parsed, string root, string[] binds, string[] command)
    {
        try
        {
            Check(root, binds);
            OwnNamespace.Enter();
            if (boot.Boot(parsed) is not { } session)
            {
                return boot.WithoutMachine;
            }

            using CancellationTokenSource ended = new();
            PosixSignal? ending = null;
            using IDisposable signals = Interrupt.TakeOver(signal => End(signal, ended, ref ending)); // before there is a mount
            using LiveMachine machine = new(session);
            using FuseMount mount = new(machine, new KernelTree(session), OwnNamespace.MountPoint, endsWithServer: false);
            int exitCode = NamespaceShell.Run(machine, root, OwnNamespace.MountPoint, binds, command.Length > 0 ? command : [DefaultShell(root)], ended.Token);
            return machine.Failure is not null ? boot.Report(machine.Failure, parsed) : ending is { } signal ? Interrupt.ExitCodeOf(signal) : exitCode;
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

    /// <summary>bash where there is one: others find the terminal's process group in no namespace that they know, and complain of it at their end.</summary>
    private static string DefaultShell(string root) => File.Exists(Path.Combine(root, "bin/bash")) ? "/bin/bash" : "/bin/sh";

    /// <summary>At a terminal Ctrl-C is for the shell's command, which hears of it as we do. What ends us ends the command first.</summary>
    private static bool End(PosixSignal signal, CancellationTokenSource ended, ref PosixSignal? ending)
    {
        if (signal != PosixSignal.SIGINT || Console.IsInputRedirected)
        {
            ending = signal;
            ended.Cancel();
        }

        return true;
    }

    private static void Check(string root, string[] binds)
    {
        if (!Directory.Exists(root))
        {
            throw new IOException($"{root} is not a directory");
        }

        foreach (string bind in binds)
        {
            string[] sides = bind.Split(':');
            if (sides is not [{ Length: > 0 } from, ['/', ..]])
            {
                throw new IOException($"'{bind}' does not say what to show where; expected FROM:/TO");
            }

            if (!Path.Exists(from))
            {
                throw new IOException($"cannot show {from}: there is no such file or directory");
            }
        }
    }
}
