namespace CxlSim.Views;

/// <summary>Memory-mapped configuration space (PCI Firmware 3.3 4.1.2).</summary>
internal static class McfgLayout
{
    private const int FirstAllocation = 8;
    private const int AllocationSize = 16;

    public static readonly TableLayout Table = TableLayout.Plain(new StructureLayout("Allocations", [new(0, 8, "Reserved")], Allocations));

    private static IEnumerable<FieldLayout> Allocations(ReadOnlyMemory<byte> part)
    {
        for (int i = 0, offset = FirstAllocation; offset + AllocationSize <= part.Length; i++, offset += AllocationSize)
        {
            yield return new FieldLayout(offset, 8, $"Base Address[{i}]");
            yield return new FieldLayout(offset + 8, 2, $"PCI Segment[{i}]");
            yield return new FieldLayout(offset + 10, 1, $"Start Bus[{i}]", Meanings.Decimal);
            yield return new FieldLayout(offset + 11, 1, $"End Bus[{i}]", Meanings.Decimal);
            yield return new FieldLayout(offset + 12, 4, "Reserved");
        }
    }
}
