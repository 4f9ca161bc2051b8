using System.Diagnostics;
using System.Globalization;
using CxlSim.Fuse.Native;
using CxlSim.Kernel;
using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>Runs a command in namespaces of its own, in which /sys, /dev and files of /proc are the modelled machine's.</summary>
/// <remarks>
/// Three rules keep it safe. The server that answers stays outside: a .NET process that reads its own mount would wait for itself. The
/// command has a private /dev, in which nothing reaches the host's disks, consoles or memory. And it has no capability to load modules,
/// reboot, trace, mount or make device nodes: a script that was written for a throw-away machine cannot harm the host.
/// </remarks>
public static class NamespaceShell
{
    /// <summary>Runs a command and gives its exit code. Where its kernel starts another it ends, and is started again in that one, as a first process is.</summary>
    /// <param name="machine">Answers the ioctls of its nodes.</param>
    /// <param name="root">Tree that the command's programs come from; <c>/</c> for the host's own.</param>
    /// <param name="tree">Where the machine is mounted.</param>
    /// <param name="binds">What of the host is shown in the root tree, as <c>FROM:TO</c>.</param>
    /// <param name="command">Program and arguments.</param>
    /// <param name="end">Ends the command, with all that it has started.</param>
    public static int Run(LiveMachine machine, string root, string tree, IEnumerable<string> binds, IEnumerable<string> command, CancellationToken end)
    {
        ProcessStartInfo start = new("env");
        string[] words =
        [
            "--default-signal=PIPE", // the runtime ignores it, and what it starts would too
            "setpriv", "--pdeathsig", "KILL", "--", "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--", "/bin/sh", Path.Combine(tree, "run/enter"), root, tree,
            .. binds.SelectMany(bind => new[] { "--bind", bind }), "--", .. command,
        ];
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment.Remove(OwnNamespace.Variable);
        return IoctlListener.Run(machine, () =>
        {
            while (true)
            {
                LinuxKernel kernel = machine.Session.Kernel;
                int exitCode = RunOnce(machine.Session, start, end);
                if (end.IsCancellationRequested || machine.Failure is not null || machine.Session.Kernel == kernel)
                {
                    return exitCode;
                }
            }
        });
    }

    private static int RunOnce(MachineSession session, ProcessStartInfo start, CancellationToken end)
    {
        using Process child = Process.Start(start) ?? throw new IOException("cannot start unshare");
        session.KernelEnds += EndAll;
        using CancellationTokenRegistration ending = end.Register(child.Kill); // the namespace ends with unshare
        try
        {
            child.WaitForExit();
            return child.ExitCode;
        }
        finally
        {
            session.KernelEnds -= EndAll;
        }

        // Behind the command the first process of the namespace ends, which takes all others along, and unshare waits until they are gone.
        void EndAll()
        {
            foreach (int command in ChildrenOf(child.Id).SelectMany(ChildrenOf))
            {
                _ = LibC.Kill(command, LibC.KillSignal);
            }
        }
    }

    private static int[] ChildrenOf(int process)
    {
        try
        {
            string children = File.ReadAllText($"/proc/{process}/task/{process}/children");
            return [.. children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return []; // it has ended already
        }
    }
}
