namespace CxlSim.Kernel;

/// <summary>Distances between nodes (<c>acpi_parse_slit</c> in <c>drivers/acpi/numa/srat.c</c>).</summary>
public static class SlitParser
{
    private const int CountOffset = 0x24;
    private const int FirstEntry = 0x2c;

    public static void Parse(NumaTables tables, byte[] slit)
    {
        if (slit.Length < FirstEntry)
        {
            return;
        }

        ulong count = BitConverter.ToUInt64(slit, CountOffset);

        // Linux trusts the count; what it would find behind the table's end is not known, so here such a table breaks the rule.
        if (count > ProximityDomains.MaxNodes || slit.Length < FirstEntry + (int)(count * count) || !IsValid(slit, (int)count))
        {
            tables.Kernel.Log.Info("ACPI: SLIT: table looks invalid, not used");
            return;
        }

        foreach ((uint from, int fromNode) in tables.Domains.Mapped)
        {
            foreach ((uint to, int toNode) in tables.Domains.Mapped)
            {
                if (from < count && to < count)
                {
                    tables.Kernel.Numa.SetDistance(fromNode, toNode, slit[FirstEntry + ((int)from * (int)count) + (int)to], tables.Parsed.Max);
                }
            }
        }
    }

    /// <summary>One wrong entry and none counts.</summary>
    private static bool IsValid(byte[] slit, int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                byte distance = slit[FirstEntry + (i * count) + j];
                if (i == j ? distance != Numa.LocalDistance : distance <= Numa.LocalDistance)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
