using CxlSim.Core;
using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Reads <c>srat:</c>, record after record.</summary>
internal static class SratReader
{
    private static readonly KeySet CpuKeys = new("a CPU of the SRAT", ["cpu", "pxm"], []);

    private static readonly KeySet PortKeys = new("a generic port of the SRAT", ["generic_port", "pxm"], []);

    private static readonly KeySet MemoryKeys = new("an SRAT record", ["memory", "pxm"], ["hotplug"]);

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
            return pxm is { } cpuPxm && apicId is { } id ? new SratCpuDescription(cpuPxm, id) : null;
        }

        if (isPort)
        {
            uint? uid = reader.Number<uint>("generic_port", 0, uint.MaxValue);
            return pxm is { } portPxm && uid is { } bridge ? new SratGenericPortDescription(portPxm, bridge) : null;
        }

        AddressRange? range = reader.Range("memory");
        bool hotplug = reader.Flag("hotplug") ?? false;
        return pxm is { } p && range is { } r ? new SratMemoryDescription(p, r, hotplug) : null;
    }
}
