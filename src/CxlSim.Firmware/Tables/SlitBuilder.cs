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
        IReadOnlyList<DistanceDescription> said = platform.Memory.Distances;
        uint count = said.Max(entry => Math.Max(entry.From, entry.To)) + 1;
        AcpiTable table = new("SLIT", Revision, platform);
        table.Append(new ListItem(BitConverter.GetBytes((ulong)count), null, "distances", null, string.Empty), platform.Memory);
        for (uint from = 0; from < count; from++)
        {
            for (uint to = 0; to < count; to++)
            {
                DistanceDescription? entry = said.FirstOrDefault(entry => entry.From == from && entry.To == to)
                    ?? said.FirstOrDefault(entry => entry.From == to && entry.To == from);
                byte distance = entry?.Distance ?? (from == to ? Local : Remote);
                table.Append(new ListItem([distance], entry, "distance", null, from == to ? "10 is local" : "20 where nothing is said"), platform.Memory);
            }
        }

        return table.Finish();
    }
}
