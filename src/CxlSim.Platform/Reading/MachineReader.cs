using CxlSim.Platform.Checks;
using CxlSim.Platform.Defaults;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads the whole of a platform file: sections, then defaults that look across them, then checks that do.</summary>
internal static class MachineReader
{
    private static readonly KeySet Keys = new(
        "the platform", [], ["name", "kernel", "memory", "host_bridges", "windows", "firmware", "timing", "steps"]);

    public static PlatformDescription? Read(ReadContext context, YamlNode root)
    {
        if (MappingReader.Open(context, root, Keys) is not { } reader)
        {
            return null;
        }

        MemoryDescription memory = MemoryReader.Read(context, reader.Node("memory"));
        IReadOnlyList<HostBridgeDescription> bridges = HostBridgeDefaults.Fill(
            context, memory, reader.List("host_bridges", (item, _) => HostBridgeReader.Read(context, item)));
        PlatformDescription platform = new()
        {
            Name = reader.Name("name") ?? NameOf(context.File),
            File = context.File,
            Kernel = KernelReader.Read(context, reader.Node("kernel")),
            Memory = memory,
            HostBridges = bridges,
            Windows = WindowDefaults.Fill(context, memory, bridges, reader.List("windows", (item, _) => WindowReader.Read(context, item))),
            Firmware = FirmwareReader.Read(context, reader.Node("firmware")),
            Timing = TimingReader.Read(context, reader.Node("timing")),
            Steps = reader.List("steps", (item, _) => StepReader.Read(context, item)),
        };
        MemoryChecks.Run(context, memory);
        TableRoomChecks.Run(context, platform);
        HostBridgeChecks.Run(context, bridges);
        DeviceChecks.Run(context, bridges);
        WindowChecks.Run(context, platform);
        AddressChecks.Run(context, platform);
        return platform;
    }

    private static string NameOf(string file) => Path.GetFileNameWithoutExtension(file) is { Length: > 0 } name ? name : "platform";
}
