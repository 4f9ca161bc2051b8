using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;
using CxlSim.Spec.Acpi;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>madt:</c>, record after record.</summary>
internal static class MadtReader
{
    private static readonly KeySet ApicKeys = new("a CPU of the MADT",
    [
        Key.Required("apic", Shapes.Number(0, byte.MaxValue), "Local APIC id."),
        new("uid", Shapes.Number(0, byte.MaxValue), "ACPI processor UID. Left out: the APIC id."),
        new("enabled", Shapes.Flag, "The enabled flag. Left out: true."),
        new("online_capable", Shapes.Flag, "The flag of that name. Left out: false."),
    ]);

    private static readonly KeySet X2ApicKeys = new("an x2APIC CPU of the MADT",
    [
        Key.Required("x2apic", Shapes.Number(0, uint.MaxValue), "Local x2APIC id."),
        new("uid", Shapes.Number(0, uint.MaxValue), "ACPI processor UID. Left out: the x2APIC id."),
        new("enabled", Shapes.Flag, "The enabled flag. Left out: true."),
        new("online_capable", Shapes.Flag, "The flag of that name. Left out: false."),
    ]);

    private static readonly KeySet IoApicKeys = new("an I/O APIC of the MADT",
    [
        Key.Required("io_apic", Shapes.Number(0, byte.MaxValue), "I/O APIC id."),
        Key.Required("address", Shapes.Number(0, uint.MaxValue), "Where it lies."),
        new("interrupt_base", Shapes.Number(0, uint.MaxValue), "Its first global system interrupt. Left out: 0."),
    ]);

    private static readonly KeySet RawKeys = new("a raw record of the MADT",
    [
        RawReader.Key,
    ]);

    public static readonly Shape Shape = Shapes.List(Shapes.Either([.. new[] { ApicKeys, X2ApicKeys, IoApicKeys, RawKeys }.Select(keys => Shapes.Mapping(() => keys))]));

    public static MadtEntryDescription? Read(ReadContext context, YamlNode node)
    {
        YamlMapping? mapping = node as YamlMapping;
        return mapping is not null && mapping.Has("raw") ? RawReader.Read(context, node, RawKeys, bytes => new MadtRawDescription(bytes))
            : mapping is not null && mapping.Has("io_apic") ? ReadIoApic(context, node)
            : mapping is not null && mapping.Has("x2apic") ? ReadX2Apic(context, node)
            : ReadApic(context, node);
    }

    private static MadtApicDescription? ReadApic(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, ApicKeys) is not { } reader)
        {
            return null;
        }

        byte id = reader.Number<byte>("apic") ?? 0;
        return context.Register(new MadtApicDescription(reader.Number<byte>("uid") ?? id, id, Flags(reader)), reader.Mapping);
    }

    private static MadtX2ApicDescription? ReadX2Apic(ReadContext context, YamlNode node)
    {
        if (MappingReader.Open(context, node, X2ApicKeys) is not { } reader)
        {
            return null;
        }

        uint id = reader.Number<uint>("x2apic") ?? 0;
        return context.Register(new MadtX2ApicDescription(reader.Number<uint>("uid") ?? id, id, Flags(reader)), reader.Mapping);
    }

    private static MadtIoApicDescription? ReadIoApic(ReadContext context, YamlNode node) =>
        MappingReader.Open(context, node, IoApicKeys) is not { } reader ? null : context.Register(
            new MadtIoApicDescription(
                reader.Number<byte>("io_apic") ?? 0,
                reader.Number<uint>("address") ?? 0,
                reader.Number<uint>("interrupt_base") ?? 0),
            reader.Mapping);

    private static uint Flags(MappingReader reader) =>
        (reader.Flag("enabled") ?? true ? MadtX2Apic.FlagEnabled : 0) | (reader.Flag("online_capable") ?? false ? MadtX2Apic.FlagOnlineCapable : 0);
}
