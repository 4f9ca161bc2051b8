using CxlSim.Core;
using CxlSim.Platform.Language;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>srat:</c>, record after record.</summary>
internal static class SratReader
{
    private static readonly Key ProximityDomain = Key.Required("pxm", Shape.Number(0, uint.MaxValue), "Proximity domain.");

    private static readonly KeySet CpuKeys = new("a CPU of the SRAT",
    [
        Key.Required("cpu", Shape.Number(0, 254), "Local APIC id."),
        ProximityDomain,
    ]);

    private static readonly KeySet PortKeys = new("a generic port of the SRAT",
    [
        Key.Required("generic_port", Shape.Number(0, uint.MaxValue), "UID of the host bridge whose way to the CPUs the HMAT describes."),
        ProximityDomain,
    ]);

    private static readonly KeySet MemoryKeys = new("an SRAT record",
    [
        Key.Required("memory", Shape.Range, "Host physical addresses, the last byte included."),
        ProximityDomain,
        new("hotplug", Shape.Flag, "The hot-pluggable flag. Left out: false."),
    ]);

    public static readonly Shape Shape = Shape.Either([
        Shape.List(Shape.Either([Shape.Mapping(() => MemoryKeys), Shape.Mapping(() => CpuKeys), Shape.Mapping(() => PortKeys)])),
        Shape.Words("none"),
    ]);

    public static IReadOnlyList<SratEntryDescription> Read(ReadContext context, MappingReader memory)
    {
        IReadOnlyList<SratEntryDescription> entries = memory.List("srat", (item, _) => ReadEntry(context, item));
        bool listed = memory.Node("srat") is YamlSequence list && list.Items.Count == entries.Count;
        if (listed && !entries.OfType<SratMemoryDescription>().Any())
        {
            // Linux takes a SRAT without memory for no SRAT (acpi_numa_init in drivers/acpi/numa/srat.c ends with ENOENT).
            memory.Refuse("srat", Cxp.SratWithoutMemory, "the SRAT has no memory; expected {memory: RANGE, pxm: N}, or 'srat: none' for no table");
        }

        return entries;
    }

    private static SratEntryDescription? ReadEntry(ReadContext context, YamlNode node)
    {
        bool isCpu = node is YamlMapping mapping && mapping.Has("cpu");
        bool isPort = !isCpu && node is YamlMapping other && other.Has("generic_port");
        if (MappingReader.Open(context, node, isCpu ? CpuKeys : isPort ? PortKeys : MemoryKeys) is not { } reader)
        {
            return null;
        }

        uint? pxm = reader.Number<uint>("pxm", 0, uint.MaxValue);
        if (isCpu)
        {
            byte? apicId = reader.Number<byte>("cpu", 0, 254);
            return pxm is { } cpuPxm && apicId is { } id ? context.Register(new SratCpuDescription(cpuPxm, id), reader.Mapping) : null;
        }

        if (isPort)
        {
            uint? uid = reader.Number<uint>("generic_port", 0, uint.MaxValue);
            return pxm is { } portPxm && uid is { } bridge ? context.Register(new SratGenericPortDescription(portPxm, bridge), reader.Mapping) : null;
        }

        AddressRange? range = reader.Range("memory");
        bool hotplug = reader.Flag("hotplug") ?? false;
        return pxm is { } p && range is { } r ? context.Register(new SratMemoryDescription(p, r, hotplug), reader.Mapping) : null;
    }
}
