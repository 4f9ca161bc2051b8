using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using CxlSim.Fuse.Native;

namespace CxlSim.Fuse;

/// <summary>A mount namespace for the server itself, so that its mount ends with it, however it ends. What it mounts there nobody else sees.</summary>
public static unsafe class OwnNamespace
{
    /// <summary>Set in a process that is in its own namespace already.</summary>
    internal const string Variable = "CXLSIM_OWN_NAMESPACE";

    /// <summary>A directory that every machine has, that the runtime does not read, and that the command does not see: its /sys is another.</summary>
    public const string MountPoint = "/sys/firmware";

    private static readonly string[] Programs = ["unshare", "mount", "setpriv", "chroot", "env"];

    /// <summary>Starts this very command again in a namespace of its own and does not return; returns at once where that has happened.</summary>
    /// <exception cref="IOException">Namespaces are not to be had, or the programs that make them; says why.</exception>
    public static void Enter()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            return;
        }

        HostSupport.Demand();
        if (Programs.FirstOrDefault(program => Find(program) is null) is { } missing)
        {
            throw new IOException($"the program {missing} is not installed (Debian: util-linux, mount, coreutils)");
        }

        string[] unshare = ["unshare", .. Options, "--"];
        Try(unshare);
        RemoveRuntimeFiles();
        Become(Find("unshare")!, [.. unshare, Environment.ProcessPath!], Words("/proc/self/cmdline").Skip(1));
        throw new IOException($"cannot start unshare: error {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>Root makes mounts by right; others do so in a user namespace, where they count as root.</summary>
    private static string[] Options => Environment.IsPrivilegedProcess
        ? ["--mount", "--propagation", "private"]
        : ["--user", "--map-root-user", "--mount", "--propagation", "private"];

    private static void Try(string[] unshare)
    {
        ProcessStartInfo start = new(unshare[0], [.. unshare[1..], "true"]) { RedirectStandardError = true };
        using Process trial = Process.Start(start)!;
        string message = trial.StandardError.ReadToEnd().Trim();
        trial.WaitForExit();
        if (trial.ExitCode != 0)
        {
            throw new IOException($"a mount namespace of its own is not to be had here: {message}");
        }
    }

    /// <summary>What the runtime has among temporary files it takes away at its end, which never comes: the next one in this process finds its place taken, and leaves it.</summary>
    private static void RemoveRuntimeFiles()
    {
        foreach (string pattern in new[] { $"dotnet-diagnostic-{Environment.ProcessId}-*", $"clr-debug-pipe-{Environment.ProcessId}-*" })
        {
            string folder = Path.GetTempPath();
            foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern) : [])
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Arguments and variables go on byte by byte, whatever their encoding.</summary>
    private static void Become(string program, IEnumerable<string> first, IEnumerable<byte[]> rest)
    {
        IEnumerable<byte[]> arguments = first.Select(Encoding.UTF8.GetBytes).Concat(rest);
        IEnumerable<byte[]> environment = Words("/proc/self/environ").Append(Encoding.UTF8.GetBytes($"{Variable}=1"));
        fixed (byte** words = Strings([.. arguments]), variables = Strings([.. environment]))
        {
            LibC.Execute(program, words, variables);
        }
    }

    /// <summary>Each ends with a zero, an empty one too.</summary>
    private static IEnumerable<byte[]> Words(string file)
    {
        byte[] all = File.ReadAllBytes(file);
        for (int start = 0; start < all.Length;)
        {
            int length = all.AsSpan(start).IndexOf((byte)0) is var end and >= 0 ? end : all.Length - start;
            yield return all[start..(start + length)];
            start += length + 1;
        }
    }

    private static byte*[] Strings(byte[][] texts)
    {
        byte*[] pointers = new byte*[texts.Length + 1];
        for (int i = 0; i < texts.Length; i++)
        {
            pointers[i] = (byte*)NativeMemory.AllocZeroed((nuint)texts[i].Length + 1);
            texts[i].CopyTo(new Span<byte>(pointers[i], texts[i].Length));
        }

        return pointers;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Concat(["/usr/bin", "/usr/sbin", "/bin", "/sbin"])
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
