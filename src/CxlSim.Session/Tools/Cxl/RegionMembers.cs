using CxlSim.Core;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>The devices that a region in a window can be made of, as the <c>cxl</c> tool finds them.</summary>
internal static class RegionMembers
{
    /// <summary>Members as named, by Linux name or by the platform file's; without names all below the window, in the order of the bus.</summary>
    /// <param name="session">The machine.</param>
    /// <param name="root">The window.</param>
    /// <param name="names">What the step says.</param>
    /// <param name="missing">The first name that is not there; empty where there is no device at all.</param>
    public static List<CxlMemdev>? Find(MachineSession session, CxlRootDecoder root, IReadOnlyList<string> names, out string missing)
    {
        missing = string.Empty;
        List<CxlMemdev> all = [.. Below(session.Kernel, root)];
        List<CxlMemdev> members = [];
        foreach (string name in names.Count > 0 ? names : all.Select(memdev => memdev.Name))
        {
            if (all.Find(memdev => IsNamed(session, memdev, name)) is not { } found)
            {
                missing = name;
                return null;
            }

            members.Add(found);
        }

        return members.Count == 0 ? null : members;
    }

    /// <summary>The name in the platform file; without one, that of Linux.</summary>
    public static string NameOf(MachineSession session, CxlMemdev memdev) => session.Machine.Devices.FirstOrDefault(device => memdev.Pci is { } pci && device.Address == pci.Address)?.Id ?? memdev.Name;

    public static NearestChange? Windows(LinuxKernel kernel) =>
        kernel.Cxl.Root?.Decoders.OfType<CxlRootDecoder>().Select(window => window.Name).ToArray() is { Length: > 0 } windows ? new NearestChange($"use {string.Join(" or ", windows)}") : null;

    /// <summary>The window that leads to a device, or the devices that this one leads to.</summary>
    public static NearestChange? Instead(MachineSession session, CxlRootDecoder root, string missing)
    {
        CxlMemdev? memdev = session.Kernel.Cxl.Bus.Devices.OfType<CxlMemdev>().FirstOrDefault(memdev => IsNamed(session, memdev, missing));
        if (memdev is { Endpoint: null })
        {
            return new NearestChange($"bind {memdev.Name} to cxl_mem first: it has no endpoint");
        }

        string[] windows = memdev is null ? [] : [.. root.Port.Decoders.OfType<CxlRootDecoder>().Where(window => Below(session.Kernel, window).Contains(memdev)).Select(window => window.Name)];
        string[] below = [.. Below(session.Kernel, root).Select(found => NameOf(session, found))];
        return windows.Length > 0
            ? new NearestChange($"use {string.Join(" or ", windows)}, which leads to {missing}")
            : below.Length > 0 ? new NearestChange($"use {string.Join(", ", below)}, which {root.Name} leads to") : null;
    }

    /// <summary>A window that allows a kind of memory, or what this one allows.</summary>
    public static NearestChange? OtherWindow(CxlRootDecoder root, DecoderMode mode)
    {
        string[] windows = [.. root.Port.Decoders.OfType<CxlRootDecoder>().Where(window => window.Allows(mode)).Select(window => window.Name)];
        return windows.Length > 0
            ? new NearestChange($"use {string.Join(" or ", windows)}")
            : new NearestChange($"let the restrictions of a window allow {DecoderModes.Word(mode)} memory");
    }

    /// <summary>Those with an endpoint, in the order of the bus.</summary>
    public static IEnumerable<CxlMemdev> Below(LinuxKernel kernel, CxlRootDecoder root) => kernel.Cxl.Bus.Devices.OfType<CxlMemdev>()
        .Where(memdev => memdev.Endpoint is { } endpoint && endpoint.UpToRoot().Any(port => root.Targets.Any(dport => dport == port.ParentDport)));

    /// <summary>By Linux name or by the platform file's.</summary>
    public static bool IsNamed(MachineSession session, CxlMemdev memdev, string name)
    {
        Bdf? address = session.Machine.Devices.FirstOrDefault(device => device.Id == name)?.Address;
        return memdev.Name == name || (memdev.Pci is { } pci && pci.Address == address);
    }
}
