using System.Collections;
using System.Diagnostics;
using System.Runtime.InteropServices;
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
        Environment.SetEnvironmentVariable(Variable, "1");
        string[] self = [Environment.ProcessPath!, .. File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Split('\0').Skip(1)];
        RemoveRuntimeFiles();
        Become(Find("unshare")!, [.. unshare, .. self]);
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
            foreach (string file in Directory.EnumerateFiles(Path.GetTempPath(), pattern))
            {
                File.Delete(file);
            }
        }
    }

    private static void Become(string program, string[] arguments)
    {
        List<string> environment = [];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            environment.Add($"{variable.Key}={variable.Value}");
        }

        fixed (byte** words = Strings(arguments), variables = Strings([.. environment]))
        {
            LibC.Execute(program, words, variables);
        }
    }

    private static byte*[] Strings(string[] texts)
    {
        byte*[] pointers = new byte*[texts.Length + 1];
        for (int i = 0; i < texts.Length; i++)
        {
            pointers[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
        }

        return pointers;
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Concat(["/usr/bin", "/usr/sbin", "/bin", "/sbin"])
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
