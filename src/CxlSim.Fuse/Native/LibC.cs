using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary>The calls of x86-64 Linux that .NET has no word for: by most of them ioctls of other processes are caught (<c>seccomp(2)</c>, <c>seccomp_unotify(2)</c>).</summary>
internal static unsafe partial class LibC
{
    public const int FileStatus = 262; // newfstatat
    public const int Seccomp = 317;
    public const int SetNoNewPrivileges = 38;
    public const int CurrentFolder = -100;
    public const int KillSignal = 9;

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint SystemCall(nint number, nint first, nint second, void* third, nint fourth);

    [LibraryImport(Library, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Ioctl(nint descriptor, nuint request, void* argument);

    [LibraryImport(Library, EntryPoint = "pwrite", SetLastError = true)]
    public static partial nint WriteAt(nint descriptor, void* source, nuint length, long offset);

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int process, int signal);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeout);

    [LibraryImport(Library, EntryPoint = "geteuid")]
    public static partial uint User();

    [LibraryImport(Library, EntryPoint = "getegid")]
    public static partial uint Group();

    /// <summary>Becomes another program; returns only where that fails.</summary>
    [LibraryImport(Library, EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string path, byte** arguments, byte** environment);

    /// <param name="thread">0 for the one that calls.</param>
    /// <param name="length">Of the mask, in bytes.</param>
    /// <param name="mask">A bit for each processor it may run on.</param>
    [LibraryImport(Library, EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static partial int SetAffinity(int thread, nuint length, ulong* mask);
}
