using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;
using CxlSim.Spec.Acpi;

namespace CxlSim.Platform.Reading;

/// <summary>Reads how the SRAT names a device: by ACPI ids, or by its PCI function.</summary>
internal static class DeviceHandleReader
{
    public const string HostBridge = AcpiIds.CxlHostBridge;

    private const int HardwareIdLength = 8;

    private static readonly KeySet AcpiKeys = new("an ACPI device handle",
    [
        Key.Required("uid", Shapes.Number(0, uint.MaxValue), "ACPI _UID."),
        new("hid", Shapes.Text, "ACPI _HID, at most 8 characters. Left out: ACPI0016, a CXL host bridge."),
    ]);

    private static readonly KeySet PciKeys = new("a PCI device handle",
    [
        Key.Required("bdf", Shapes.Function, "Bus, device and function."),
        new("segment", Shapes.Number(0, ushort.MaxValue), "PCI segment. Left out: 0."),
    ]);

    public static readonly IReadOnlyList<Shape> Forms = [Shapes.Mapping(() => AcpiKeys), Shapes.Mapping(() => PciKeys)];

    public static DeviceHandleDescription? Read(ReadContext context, YamlMapping node)
    {
        bool isPci = node.Has("bdf") || node.Has("segment");
        MappingReader reader = MappingReader.Open(context, node, isPci ? PciKeys : AcpiKeys)!;
        if (isPci)
        {
            return reader.Value("bdf", WordParser.Function) is { } bdf ? new PciHandleDescription(reader.Number<ushort>("segment") ?? 0, bdf) : null;
        }

        string hid = reader.Text("hid", text => WordParser.Ascii(text, HardwareIdLength)) ?? HostBridge;
        return reader.Number<uint>("uid") is { } uid ? new AcpiHandleDescription(hid, uid) : null;
    }
}
