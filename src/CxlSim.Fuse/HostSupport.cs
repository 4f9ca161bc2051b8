using System.Runtime.InteropServices;

namespace CxlSim.Fuse;

/// <summary>Which hosts a machine's files can be mounted on: native calls here have the numbers and layouts of Linux on x86-64.</summary>
public static class HostSupport
{
    /// <summary>Why they cannot be mounted on such a host; null where they can.</summary>
    /// <param name="system">Its name, as people know it.</param>
    /// <param name="processor">Its architecture.</param>
    public static string? Fault(string system, Architecture processor) => system == "Linux" && processor == Architecture.X64
        ? null
        : $"mount and shell need Linux on x86-64; this is {system} on {processor.ToString().ToLowerInvariant()}. 'cxlsim export sysfs' writes the same files anywhere";

    /// <exception cref="IOException">This host is none of them.</exception>
    internal static void Demand()
    {
        string system = OperatingSystem.IsLinux() ? "Linux" : OperatingSystem.IsMacOS() ? "macOS" : OperatingSystem.IsWindows() ? "Windows" : RuntimeInformation.OSDescription;
        if (Fault(system, RuntimeInformation.ProcessArchitecture) is { } fault)
        {
            throw new IOException(fault);
        }
    }
}
