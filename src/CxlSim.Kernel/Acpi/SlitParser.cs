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
        bool isCut = count > KernelConfig.MaxNodes || slit.Length < FirstEntry + (int)(count * count);
        if (isCut)
        {
            TablePlace place = new("SLIT", CountOffset, sizeof(ulong));
            ulong fits = (ulong)Math.Sqrt(Math.Min(slit.Length - FirstEntry, KernelConfig.MaxNodes * KernelConfig.MaxNodes));
            tables.Core.Findings.Report(KernelRules.SlitLength, place, $"{count} localities in {slit.Length} bytes", place.Value("Number of System Localities", fits));
        }

        if (isCut || !IsValid(slit, (int)count, tables.Core.Findings))
        {
            tables.Core.Log.Info("ACPI: SLIT table looks invalid. Not used.");
            return;
        }

        foreach ((uint from, int fromNode) in tables.Domains.Mapped)
        {
            foreach ((uint to, int toNode) in tables.Domains.Mapped)
            {
                if (from < count && to < count)
                {
                    tables.Numa.SetDistance(fromNode, toNode, slit[FirstEntry + ((int)from * (int)count) + (int)to], tables.Parsed.Max);
                }
            }
        }
    }

    /// <summary>One wrong entry and none counts.</summary>
    private static bool IsValid(byte[] slit, int count, KernelFindings findings)
    {
        bool isValid = true;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                TablePlace place = new("SLIT", FirstEntry + (i * count) + j, 1);
                byte distance = slit[place.Offset];
                if (i == j ? distance != Numa.LocalDistance : distance <= Numa.LocalDistance)
                {
                    ulong nearest = (ulong)(i == j ? Numa.LocalDistance : Numa.LocalDistance + 1);
                    findings.Report(KernelRules.SlitDistance, place, $"the distance {distance} from domain {i} to {j}", place.Value($"Distance[{i}][{j}]", nearest));
                    isValid = false;
                }
            }
        }

        return isValid;
    }
}
