using CxlSim.Platform.Checks;
using CxlSim.Platform.Defaults;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads the whole of a platform file: sections, then defaults that look across them, then checks that do.</summary>
internal static class MachineReader
{
    internal static readonly KeySet Keys = new("the platform",
    [
        new("name", Shapes.Name, "Left out: the file's name."),
        new("kernel", Shapes.Mapping(() => KernelReader.Keys), "The kernel that boots."),
        new("memory", MemoryReader.Shape, "DRAM, and what firmware says of memory."),
        new("host_bridges", Shapes.List(HostBridgeReader.Shape), "PCI root bridges in the order of the ACPI namespace."),
        new("windows", Shapes.List(Shapes.Mapping(() => WindowReader.Keys)), "CXL fixed memory windows in the order of the CEDT."),
        new("firmware", Shapes.Mapping(() => FirmwareReader.Keys), "What the board's software does before the operating system."),
        new("timing", Shapes.Mapping(() => TimingReader.Keys), "How long hardware takes."),
        new("steps", Shapes.List(StepReader.Shape), "What is done once the machine runs, one step after the other."),
    ]);

    public static PlatformDescription? Read(ReadContext context, YamlNode root)
    {
        if ((root as YamlMapping)?.Entries.FirstOrDefault(entry => entry.Key.Text == "platform") is { } scenario)
        {
            context.Error(Cxp.UnknownKey, scenario.Key.Location, "found a scenario, which has a platform; expected a platform: 'cxlsim test' runs scenarios");
            return null;
        }

        if (MappingReader.Open(context, root, Keys) is not { } reader)
        {
            return null;
        }

        MemoryDescription memory = MemoryReader.Read(context, reader.Node("memory"));
        FirmwareDescription firmware = FirmwareReader.Read(context, reader.Node("firmware"));
        IReadOnlyList<HostBridgeDescription> bridges = HostBridgeDefaults.Fill(
            context, memory, reader.List("host_bridges", (item, _) => HostBridgeReader.Read(context, item, firmware.Decoders)));
        PlatformDescription platform = new()
        {
            Name = reader.Name("name") ?? (Path.GetFileNameWithoutExtension(context.File) is { Length: > 0 } file ? file : "platform"),
            File = context.File,
            Kernel = KernelReader.Read(context, reader.Node("kernel")),
            Memory = memory,
            HostBridges = bridges,
            Windows = WindowDefaults.Fill(context, memory, bridges, reader.List("windows", (item, _) => WindowReader.Read(context, item))),
            Firmware = firmware,
            Timing = TimingReader.Read(context, reader.Node("timing")),
            Steps = reader.List("steps", (item, _) => StepReader.Read(context, item)),
            Sources = context.Sources,
        };
        MemoryChecks.Run(context, memory);
        TableRoomChecks.Run(context, platform);
        HostBridgeChecks.Run(context, bridges);
        DeviceChecks.Run(context, bridges);
        WindowChecks.Run(context, platform);
        AddressChecks.Run(context, platform);
        return platform;
    }
}
