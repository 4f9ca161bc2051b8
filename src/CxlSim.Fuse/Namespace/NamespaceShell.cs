using System.Diagnostics;
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
    /// <summary>Runs a command and gives its exit code.</summary>
    /// <param name="machine">Answers the ioctls of its nodes.</param>
    /// <param name="root">Tree that the command's programs come from; <c>/</c> for the host's own.</param>
    /// <param name="tree">Where the machine is mounted.</param>
    /// <param name="binds">What of the host is shown in the root tree, as <c>FROM:TO</c>.</param>
    /// <param name="command">Program and arguments.</param>
    public static int Run(LiveMachine machine, string root, string tree, IEnumerable<string> binds, IEnumerable<string> command)
    {
        ProcessStartInfo start = new("setpriv");
        string[] words =
        [
            "--pdeathsig", "KILL", "--", "unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--", "/bin/sh", Path.Combine(tree, "run/enter"), root, tree,
            .. binds.SelectMany(bind => new[] { "--bind", bind }), "--", .. command,
        ];
        foreach (string word in words)
        {
            start.ArgumentList.Add(word);
        }

        start.Environment.Remove(OwnNamespace.Variable);
        return IoctlListener.Run(machine, () =>
        {
            using Process child = Process.Start(start) ?? throw new IOException("cannot start unshare");
            child.WaitForExit();
            return child.ExitCode;
        });
    }
}
