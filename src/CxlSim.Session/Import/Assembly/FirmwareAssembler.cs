using CxlSim.Core;
using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Session;

/// <summary>Makes what firmware says of its tables out of their headers.</summary>
internal static class FirmwareAssembler
{
    /// <summary>Tables that come back record by record, so that their headers have to come back too.</summary>
    private static readonly string[] Signatures = ["APIC", "CEDT", "HMAT", "HPET", "SLIT", "SRAT"];

    // Fields of the header (ACPI 6.5 5.2.6), and what APIC and SRAT have after it.
    private const int OemRevisionOffset = 24;
    private const int CreatorIdOffset = 28;
    private const int CreatorIdLength = 4;
    private const int CreatorRevisionOffset = 32;
    private const int FixedOffset = 36;
    private const int MadtFlagsOffset = 40;

    /// <param name="sources">What the tables say.</param>
    /// <param name="usual">What stands in for what they do not say.</param>
    /// <param name="decoders">Whether firmware has programmed them.</param>
    /// <param name="records">Bridges and windows of the CEDT that stand as their bytes.</param>
    public static FirmwareDescription Firmware(ImportSources sources, FirmwareDescription usual, FirmwareDecoders decoders, IEnumerable<byte[]> records)
    {
        CapturedTable[] tables = [.. Signatures.Select(sources.Tables.Find).OfType<CapturedTable>()];
        if ((sources.Tables.Find("CEDT") ?? tables.FirstOrDefault()) is not { } first)
        {
            return usual with { Decoders = decoders, Tables = Described(sources, tables, usual) };
        }

        FirmwareDescription common = usual with
        {
            Decoders = decoders,
            OemId = first.OemId,
            OemTableId = first.OemTableId,
            OemRevision = Number(first, OemRevisionOffset),
            CreatorId = CreatorId(first),
            CreatorRevision = Number(first, CreatorRevisionOffset),
            Cedt = sources.Cedt?.Describe(records) ?? usual.Cedt,
        };
        return common with { Tables = Described(sources, tables, common) };
    }

    private static SortedDictionary<string, TableDescription> Described(ImportSources sources, IEnumerable<CapturedTable> tables, FirmwareDescription common)
    {
        SortedDictionary<string, TableDescription> described = new(tables.ToDictionary(table => table.Signature, table => Header(table, common)), StringComparer.Ordinal);
        if (!described.ContainsKey("HPET") && TimerAssembler.FromIomem(sources.Iomem) is { } timer)
        {
            described.Add("HPET", timer);
        }

        return described;
    }

    /// <summary>The revision, and what differs from what all tables say.</summary>
    private static TableDescription Header(CapturedTable table, FirmwareDescription common)
    {
        bool isMadt = table.Signature == "APIC" && table.Bytes.Length >= MadtFlagsOffset + sizeof(uint);
        TableDescription header = new()
        {
            Revision = table.Revision,
            OemId = table.OemId == common.OemId ? null : table.OemId,
            OemTableId = table.OemTableId == common.OemTableId ? null : table.OemTableId,
            OemRevision = Number(table, OemRevisionOffset) is var revision && revision == common.OemRevision ? null : revision,
            CreatorId = CreatorId(table) is var creator && creator == common.CreatorId ? null : creator,
            CreatorRevision = Number(table, CreatorRevisionOffset) is var number && number == common.CreatorRevision ? null : number,
            TableRevision = table.Signature == "SRAT" && table.Bytes.Length >= SratMemoryAffinity.FirstRecord && Number(table, FixedOffset) is not 1 and var srat ? srat : null,
            LocalApicAddress = isMadt ? Number(table, FixedOffset) : null,
            Flags = isMadt ? Number(table, MadtFlagsOffset) : null,
        };
        return table.Signature == "HPET" ? TimerAssembler.WithFields(header, table) : header;
    }

    private static uint Number(CapturedTable table, int offset) => BitConverter.ToUInt32(table.Bytes, offset);

    private static string CreatorId(CapturedTable table)
    {
        SpanReader reader = new(table.Bytes.AsSpan(CreatorIdOffset));
        return new string([.. reader.Bytes(CreatorIdLength).ToArray().Select(letter => letter is >= 0x20 and < 0x7f ? (char)letter : ' ')]);
    }
}
