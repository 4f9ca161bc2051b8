using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>/dev: the harmless devices of any Unix, the machine's own nodes, and windows on its log, its monitor and its media. Nothing of the host's disks, consoles or memory is there.</summary>
internal sealed class DevTree(MachineSession session) : IFileTree
{
    private const int Everybody = 0x1b6; // 0666
    private const int RootOnly = 0x180; // 0600

    private static readonly Dictionary<string, (int Major, int Minor)> Common = new()
    {
        ["null"] = (1, 3),
        ["zero"] = (1, 5),
        ["full"] = (1, 7),
        ["random"] = (1, 8),
        ["urandom"] = (1, 9),
        ["tty"] = (5, 0),
    };

    private static readonly Dictionary<string, string> Links = new()
    {
        ["fd"] = "/proc/self/fd",
        ["stdin"] = "/proc/self/fd/0",
        ["stdout"] = "/proc/self/fd/1",
        ["stderr"] = "/proc/self/fd/2",
        ["ptmx"] = "pts/ptmx",
    };

    private static readonly string[] Directories = ["cxl", "media", "pts", "shm"];
    private static readonly string[] Streams = ["console", "kmsg", "ttyS1"];

    private readonly MachineMonitor _monitor = new(session.Machine);

    public TreeEntry? Find(ReadOnlySpan<string> steps) => steps switch
    {
        [] => TreeEntry.Directory,
        [var name] when Directories.Contains(name) => TreeEntry.Directory,
        [var name] when Streams.Contains(name) => TreeEntry.Text(Everybody),
        [var name] when Common.TryGetValue(name, out (int Major, int Minor) device) => TreeEntry.CharacterDevice(Everybody, device),
        [var name] when Links.TryGetValue(name, out string? target) => TreeEntry.Link(target),
        ["cxl", var name] when Memdevs.Any(memdev => memdev.Name == name) => TreeEntry.CharacterDevice(RootOnly, MemdevNode),
        ["media", var name] when session.Machine.Devices.FirstOrDefault(device => device.Id == name) is { } device => TreeEntry.Memory(RootOnly, device.Capacity) with { IsBehindMappings = true },
        [var name] when FindDax(name) is { } dax => TreeEntry.Memory(RootOnly, dax.Size),
        _ => null,
    };

    public IEnumerable<string>? List(ReadOnlySpan<string> steps) => steps switch
    {
        [] => [.. Common.Keys, .. Links.Keys, .. Directories, .. Streams, .. DaxDevices.Select(dax => dax.Name)],
        ["cxl"] => [.. Memdevs.Select(memdev => memdev.Name)],
        ["media"] => [.. session.Machine.Devices.Select(device => device.Id)],
        ["pts"] or ["shm"] => [],
        _ => null,
    };

    public OpenResult Open(ReadOnlySpan<string> steps, OpenFlags flags) => steps switch
    {
        ["kmsg"] => new KernelLogFile(session, flags.HasFlag(OpenFlags.NonBlocking)),
        ["console"] => new ConsoleFile(),
        ["ttyS1"] => new MonitorFile(_monitor),
        ["media", var name] when session.Machine.Devices.Any(device => device.Id == name) => new MediaFile(session.Machine, name),
        [var name] when FindDax(name) is { } dax => dax.Driver switch
        {
            DeviceDaxDriver => new DaxFile(session, dax),
            FsdevDaxDriver => new FsdevFile(),
            _ => Errno.ENXIO, // no driver has added the node's number
        },
        _ => Errno.ENXIO,
    };

    private IEnumerable<CxlMemdev> Memdevs => session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>();

    private IEnumerable<DevDax> DaxDevices => session.Kernel.Dax.Bus.Devices.OfType<DevDax>();

    /// <summary>The number of the null device: opening must lead to a driver that the host has, and to one that does nothing.</summary>
    private static (int Major, int Minor) MemdevNode => Common["null"];

    private DevDax? FindDax(string name) => DaxDevices.FirstOrDefault(dax => dax.Name == name);
}
