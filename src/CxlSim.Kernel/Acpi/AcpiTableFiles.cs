using System.Globalization;

namespace CxlSim.Kernel;

/// <summary>/sys/firmware/acpi/tables: the tables as bytes, of several of one signature each with a number (<c>drivers/acpi/sysfs.c</c>).</summary>
public sealed class AcpiTableFiles(AcpiTables tables) : KObject("tables")
{
    public override IReadOnlyList<AttributeGroup> Groups { get; } = [new AttributeGroup([.. tables.All.GroupBy(table => table.Signature).SelectMany(Files)])];

    private static IEnumerable<KAttribute> Files(IGrouping<string, (string Signature, byte[] Bytes)> same)
    {
        bool isOnly = same.Count() == 1;
        return same.Select((table, index) => new KAttribute<AcpiTableFiles>(
            isOnly ? same.Key : string.Create(CultureInfo.InvariantCulture, $"{same.Key}{index + 1}"), FileMode.S0400, _ => AttributeValue.Binary(table.Bytes), null, null) { Size = table.Bytes.Length });
    }
}
