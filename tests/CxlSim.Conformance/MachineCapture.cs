using System.Globalization;
using System.Text;
using CxlSim.Kernel;
using CxlSim.Session;
using CxlSim.Views;

namespace CxlSim.Conformance;

/// <summary>Captures the state of a modelled kernel the way the recordings captured a real one, file by file.</summary>
public static class MachineCapture
{
    /// <summary>With which flags the recordings called <c>cxl list</c>, by the file that its output went to.</summary>
    private static readonly (string File, CxlListOptions Options)[] Listings =
    [
        ("cxl-list-vvv.json", new CxlListOptions { Verbose = 3 }),
        ("cxl-list-BDPMTRiu.json", new CxlListOptions { Buses = true, Decoders = true, Ports = true, Memdevs = true, Targets = true, Regions = true, Idle = true, Human = true }),
        ("cxl-list-RXu.json", new CxlListOptions { Regions = true, Dax = true, Human = true }),
        ("cxl-list.json", new CxlListOptions()),
    ];

    /// <summary>With what <c>cxl list</c> shows: asking devices takes virtual time, so it needs somebody who runs the loop.</summary>
    public static Capture Take(MachineSession session)
    {
        Capture capture = Take(session.Kernel);
        foreach ((string file, CxlListOptions options) in Listings)
        {
            string text = session.Do("cxl list", () => CxlListView.RenderAsync(session.Kernel, options)).Output;
            capture = text.Length > 0 ? capture.With(file, text) : capture;
        }

        return capture;
    }

    public static Capture Take(LinuxKernel kernel)
    {
        DaxctlListOptions devices = new() { Regions = true, Devices = true, Idle = true };
        DaxctlListOptions regions = new() { Regions = true, Human = true };
        Dictionary<string, string> files = new()
        {
            ["cxl-attrs.txt"] = Attributes(kernel.Cxl.Bus),
            ["cxl-devices.txt"] = Links(kernel.Cxl.Bus),
            ["cxl-drivers.txt"] = Drivers(kernel.Cxl.Bus, withPath: false),
            ["iomem.txt"] = IomemView.Render(kernel.Iomem),
            ["lsmem.txt"] = LsmemView.Render(kernel, new LsmemOptions { Columns = LsmemColumns.All }),
            ["memory-blocks.txt"] = MemoryBlocks(kernel),
            ["memory-tiers.txt"] = MemoryTiers(kernel),
            ["module-params.txt"] = ModuleParameters(kernel),
            ["nodes.txt"] = Nodes(kernel),
            ["numactl-H.txt"] = NumactlView.Render(kernel, compressCpus: false),
            ["zoneinfo.txt"] = ZoneinfoView.Render(kernel),
        };
        if (kernel.Dax.Bus.Devices.Count > 0)
        {
            files["dax-attrs.txt"] = Attributes(kernel.Dax.Bus);
            files["dax-drivers.txt"] = Drivers(kernel.Dax.Bus, withPath: true);
            files["daxctl-list-RDi.json"] = DaxctlListView.Render(kernel, devices).Output;
            files["daxctl-list-Ru.json"] = DaxctlListView.Render(kernel, regions).Output;
        }

        return new Capture(files);
    }

    private static string Attributes(Bus bus) => string.Concat(bus.Devices.Select(device => SysfsDump.Render(device)));

    /// <summary>As <c>ls -l</c> lists a directory of links.</summary>
    private static string Links(Bus bus) =>
        "total 0\n" + Lines(bus.Devices.Select(device => $"{device.Name} -> {SysfsDump.LinkText(bus.Directory("devices"), device)}"));

    private static string Drivers(Bus bus, bool withPath) =>
        Lines(bus.Devices.Select(device => $"{device.Name} driver={device.Driver?.Name}" + (withPath ? $" path=/sys{device.Path}" : "")));

    private static string MemoryBlocks(LinuxKernel kernel)
    {
        StringBuilder text = new();
        foreach (string file in new[] { "block_size_bytes", "auto_online_blocks", "crash_hotplug" })
        {
            text.Append(CultureInfo.InvariantCulture, $"{file}={Read(kernel, $"/sys/devices/system/memory/{file}")}\n");
        }

        foreach (MemoryBlock block in kernel.Memory.Blocks)
        {
            string path = $"/sys{block.Path}/";
            string node = string.Join(' ', block.Links.Keys.Where(name => name.StartsWith("node", StringComparison.Ordinal)));
            text.Append(
                CultureInfo.InvariantCulture,
                $"{block.Name} phys_index={Read(kernel, path + "phys_index")} state={Read(kernel, path + "state")} removable={Read(kernel, path + "removable")} valid_zones=\"{Read(kernel, path + "valid_zones")}\" node={node}\n");
        }

        return text.ToString();
    }

    private static string MemoryTiers(LinuxKernel kernel) =>
        SysfsDump.Render(kernel.Sysfs.Virtual.Children["memory_tiering"], intoDevices: true)
        + $"demotion_enabled={Read(kernel, "/sys/kernel/mm/numa/demotion_enabled")}\n";

    private static string ModuleParameters(LinuxKernel kernel) =>
        Lines(kernel.Sysfs.Modules.Children.Values
            .SelectMany(module => SysfsDump.Render(module).Split('\n'))
            .Where(line => line.Contains("/parameters/", StringComparison.Ordinal)));

    private static string Nodes(LinuxKernel kernel)
    {
        StringBuilder text = new();
        foreach (NumaNode node in kernel.Numa.OnlineNodes)
        {
            foreach (string file in new[] { "cpulist", "distance", "meminfo", "numastat" })
            {
                string path = $"/sys{node.Path}/{file}";
                text.Append(CultureInfo.InvariantCulture, $"## {path}\n{Read(kernel, path)}\n");
            }

            foreach (KObject access in node.Children.Values.Where(child => child.Name.StartsWith("access", StringComparison.Ordinal)))
            {
                string[] lines = [.. SysfsDump.Render(access).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
                text.Append(CultureInfo.InvariantCulture, $"## /sys{access.Path} (/sys{access.Path})\n").AppendJoin('\n', lines).Append('\n');
            }
        }

        foreach (string file in new[] { "has_cpu", "has_memory", "has_normal_memory", "online", "possible", "has_generic_initiator" })
        {
            text.Append(CultureInfo.InvariantCulture, $"{file}={Read(kernel, $"/sys/devices/system/node/{file}")}\n");
        }

        return text.ToString();
    }

    private static string Read(LinuxKernel kernel, string path) => kernel.Sysfs.Read(path).Text;

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + "\n"));
}
