using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Machine;

/// <summary>Finds the kernel's objects for parts of the hardware, by what both know: host bridge UIDs, port numbers, decoder numbers.</summary>
internal sealed class KernelPorts(LinuxKernel? kernel)
{
    /// <summary>The CXL root; null where the kernel has none yet.</summary>
    public CxlPort? Root => kernel?.Cxl.Root;

    /// <summary>The port behind a port number, or behind the UID of a host bridge.</summary>
    public CxlPort? Below(CxlPort? port, uint number) =>
        port?.FindDport(unchecked((int)number)) is { } dport
            ? kernel!.Cxl.Bus.Devices.OfType<CxlPort>().FirstOrDefault(candidate => candidate.ParentDport == dport)
            : null;

    public static string? NameOf(CxlPort? port, int decoder) => port?.Decoders.Find(candidate => candidate.Id == decoder)?.Name;

    /// <summary>The kernel numbers the windows that it could use; the range tells which is which.</summary>
    public string? NameOf(AddressRange window) => Root?.Decoders.Find(candidate => candidate.Range == window)?.Name;

    /// <summary>Decoders with a range that hardware does not obey: a region that is not committed.</summary>
    public static string[] UncommittedAt(CxlPort? port, Hpa address) =>
    [
        .. port?.Decoders.Where(decoder => !decoder.IsEnabled && decoder.Range is { } range && range.Contains(address)).Select(decoder => decoder.Name) ?? [],
    ];
}
