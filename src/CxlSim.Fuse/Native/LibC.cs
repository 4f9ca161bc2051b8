using System.Runtime.InteropServices;

namespace CxlSim.Fuse.Native;

/// <summary>The one call of libc that .NET has no word for.</summary>
internal static unsafe partial class LibC
{
    /// <summary>Becomes another program; returns only where that fails.</summary>
    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Execute(string path, byte** arguments, byte** environment);
}
