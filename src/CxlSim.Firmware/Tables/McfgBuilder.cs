using CxlSim.Platform;
using CxlSim.Spec.Acpi;

namespace CxlSim.Firmware;

/// <summary>Where configuration space is mapped into memory (PCI firmware specification 3.3 4.1.2).</summary>
public static class McfgBuilder
{
    private const byte Revision = 1;
    private const string BoardsMap = "the board's address map";

    private static readonly FieldOrigin[] Fields =
    [
        new(nameof(McfgAllocation.Base), "base", BoardsMap),
        new(nameof(McfgAllocation.Segment), "segment", "the bridges' segments"),
        new(nameof(McfgAllocation.StartBus), "start_bus", "0"),
        new(nameof(McfgAllocation.EndBus), "end_bus", "255"),
        new(nameof(McfgAllocation.Reserved), "reserved", "0"),
    ];

    public static BuiltTable Build(PlatformDescription platform)
    {
        AcpiTable table = new("MCFG", Revision, platform);
        TableDescription? said = platform.Firmware.Tables.GetValueOrDefault("MCFG");
        table.Append(new ListItem(BitConverter.GetBytes(said?.Fields.GetValueOrDefault("reserved") ?? 0), said, "reserved", null, "0"), null);
        IEnumerable<McfgAllocationDescription> board = MmioPlan.Ecams(platform).Select(ecam => new McfgAllocationDescription(ecam.Range.Start.Value, ecam.Segment, 0, byte.MaxValue, 0));
        foreach (McfgAllocationDescription entry in said?.Allocations ?? board)
        {
            McfgAllocation allocation = new() { Base = entry.Base, Segment = entry.Segment, StartBus = entry.StartBus, EndBus = entry.EndBus, Reserved = entry.Reserved };
            table.Append(allocation, entry, said?.Allocations is null ? BoardsMap : null, Fields);
        }

        return table.Finish();
    }
}
