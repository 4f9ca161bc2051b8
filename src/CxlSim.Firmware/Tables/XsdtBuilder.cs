using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Firmware;

/// <summary>Extended System Description Table: where the others lie (ACPI 6.5 5.2.8).</summary>
public static class XsdtBuilder
{
    private const byte Revision = 1;

    /// <param name="platform">States entries, or leaves them to the board.</param>
    /// <param name="tables">All tables in their order, with the DSDT, which the FADT leads to.</param>
    public static BuiltTable Build(PlatformDescription platform, IReadOnlyList<(string Signature, Hpa Address)> tables)
    {
        AcpiTable table = new("XSDT", Revision, platform);
        TableDescription? said = platform.Firmware.Tables.GetValueOrDefault("XSDT");
        if (said?.Entries is { } stated)
        {
            for (int i = 0; i < stated.Count; i++)
            {
                ulong address = stated[i].Signature is { } signature ? tables.FirstOrDefault(placed => placed.Signature == signature).Address.Value : stated[i].Address;
                table.Append(new ListItem(BitConverter.GetBytes(address), said, "entries", i, string.Empty), null);
            }

            return table.Finish();
        }

        foreach ((string signature, Hpa address) in tables.Where(placed => placed.Signature != "DSDT"))
        {
            table.Append(new ListItem(BitConverter.GetBytes(address.Value), null, "entries", null, $"where {signature} lies"), null);
        }

        return table.Finish();
    }
}
