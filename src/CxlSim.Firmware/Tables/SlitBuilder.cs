using CxlSim.Platform;

namespace CxlSim.Firmware;

/// <summary>System Locality Information Table: how far proximity domains are apart (ACPI 6.5 5.2.17).</summary>
public static class SlitBuilder
{
    private const byte Revision = 1;
    private const byte Local = 10;
    private const byte Remote = 20;

    public static BuiltTable Build(PlatformDescription platform)
    {
        AcpiTable table = new("SLIT", Revision, platform);
        if (platform.Memory.Slit is { } stated)
        {
            AppendStated(table, stated);
        }
        else
        {
            AppendDistances(table, platform.Memory);
        }

        return table.Finish();
    }

    private static void AppendStated(AcpiTable table, SlitDescription slit)
    {
        string list = table.States(slit, "entries") ? "entries" : "slit";
        table.Append(new ListItem(BitConverter.GetBytes(slit.Localities), slit, "localities", null, "the number of rows"), null);
        for (int i = 0; i < slit.Rows.Count; i++)
        {
            foreach (byte entry in slit.Rows[i])
            {
                table.Append(new ListItem([entry], slit, list, i, string.Empty), null);
            }
        }
    }

    private static void AppendDistances(AcpiTable table, MemoryDescription memory)
    {
        IReadOnlyList<DistanceDescription> said = memory.Distances;
        uint count = said.Max(entry => Math.Max(entry.From, entry.To)) + 1;
        table.Append(new ListItem(BitConverter.GetBytes((ulong)count), null, "localities", null, "the highest domain of the distances"), memory);
        for (uint from = 0; from < count; from++)
        {
            for (uint to = 0; to < count; to++)
            {
                DistanceDescription? entry = said.FirstOrDefault(entry => entry.From == from && entry.To == to)
                    ?? said.FirstOrDefault(entry => entry.From == to && entry.To == from);
                byte distance = entry?.Distance ?? (from == to ? Local : Remote);
                table.Append(new ListItem([distance], entry, "distance", null, from == to ? "10 is local" : "20 where nothing is said"), memory);
            }
        }
    }
}
