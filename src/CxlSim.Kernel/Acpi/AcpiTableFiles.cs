namespace CxlSim.Kernel;

/// <summary>/sys/firmware/acpi/tables: the tables as bytes (<c>drivers/acpi/sysfs.c</c>).</summary>
public sealed class AcpiTableFiles(AcpiTables tables) : KObject("tables")
{
    public override IReadOnlyList<AttributeGroup> Groups { get; } =
    [
        new AttributeGroup([.. tables.All.Select(table => Attr<AcpiTableFiles>.ReadOnly(table.Key, _ => AttributeValue.Binary(table.Value), FileMode.S0400))]),
    ];
}
