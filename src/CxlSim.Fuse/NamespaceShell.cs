using System.Diagnostics;

namespace CxlSim.Fuse;

/// <summary>Runs a command in a mount namespace of its own, in which /sys, /dev and files of /proc are the modelled machine's.</summary>
/// <remarks>
/// Three rules keep it safe. The server that answers stays outside: a .NET process that reads its own mount would wait for itself. The
/// command has a private /dev, in which nothing reaches the host's disks, consoles or memory. And it has no capability to load modules,
/// reboot, trace, mount or make device nodes: a script that was written for a throw-away machine cannot harm the host.
/// </remarks>
public static class NamespaceShell
{
    private const string Capabilities =
        "-sys_module,-sys_boot,-sys_rawio,-sys_ptrace,-sys_admin,-sys_time,-sys_pacct,-syslog,-mknod,-mac_admin,-mac_override,-net_admin,-sys_resource,-bpf,-perfmon";

    /// <summary>Binds the tree over the root's own, drops what could do harm, and becomes the command. $1 root, $2 mount, then the command.</summary>
    private const string Setup = """
        set -e
        root=$1; tree=$2; shift 2
        if [ "$root" != / ]; then
            mount --rbind /proc "$root/proc"
            mount --bind /tmp "$root/tmp"
        fi
        mount --bind "$tree/sys" "$root/sys"
        for file in iomem cmdline meminfo; do mount --bind "$tree/proc/$file" "$root/proc/$file"; done
        mkdir -p "$root/run"
        mount -t tmpfs -o mode=0755 cxlsim "$root/run"
        mkdir "$root/run/cxlsim"
        mount --bind "$tree/run" "$root/run/cxlsim"
        mount --rbind /dev/pts "$tree/dev/pts" 2> /dev/null || true
        mount --rbind "$tree/dev" "$root/dev"
        PATH=/run/cxlsim:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        export PATH
        exec setpriv --bounding-set CAPABILITIES --inh-caps=-all --pdeathsig KILL -- chroot "$root" "$@"
        """;

    /// <summary>Whether the programs that make the namespace are there; says which is not.</summary>
    public static string? Missing() =>
        new[] { "unshare", "setpriv", "mount", "chroot" }.FirstOrDefault(program => !Find(program)) is { } missing ? $"{missing} (util-linux, coreutils) is not installed" : null;

    /// <summary>Runs a command and gives its exit code.</summary>
    /// <param name="root">Tree that the command's programs come from; <c>/</c> for the host's own.</param>
    /// <param name="tree">Where the machine is mounted.</param>
    /// <param name="command">Program and arguments.</param>
    public static int Run(string root, string tree, IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new("unshare");
        foreach (string argument in new[] { "--mount", "--propagation", "private", "--", "/bin/sh", "-c", Setup.Replace("CAPABILITIES", Capabilities, StringComparison.Ordinal), "sh", root, tree })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        using Process child = Process.Start(start) ?? throw new IOException("cannot start unshare");
        child.WaitForExit();
        return child.ExitCode;
    }

    private static bool Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Append("/usr/sbin").Append("/sbin").Any(folder => File.Exists(Path.Combine(folder, program)));
}
