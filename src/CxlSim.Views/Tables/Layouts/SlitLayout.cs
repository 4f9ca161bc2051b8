namespace CxlSim.Views;

/// <summary>System locality information table (ACPI 6.5 5.2.17).</summary>
internal static class SlitLayout
{
    /// <summary>More localities than any table holds, whatever its count says.</summary>
    private const ulong MostLocalities = 4096;
    private const int MatrixOffset = 8;

    public static readonly TableLayout Table = TableLayout.Plain(new StructureLayout("Distances", [new(0, 8, "Number of System Localities", Meanings.Decimal)], Entries));

    private static IEnumerable<FieldLayout> Entries(ReadOnlyMemory<byte> part)
    {
        int count = part.Length < MatrixOffset ? 0 : (int)Math.Min(FieldLayout.NumberOf(part.Span[..MatrixOffset]), MostLocalities);
        return from i in Enumerable.Range(0, count)
               from j in Enumerable.Range(0, count)
               select new FieldLayout(MatrixOffset + (i * count) + j, 1, $"Entry[{i}][{j}]", Meanings.Decimal);
    }
}
