namespace CxlSim.Views;

/// <summary>A kind of table: what stands before its records, and how records say their type and length.</summary>
/// <param name="Fixed">What follows the common header; null where records or nothing do.</param>
/// <param name="FirstRecord">Where records begin; 0 where there are none.</param>
/// <param name="TypeWidth">Bytes of a record's type.</param>
/// <param name="LengthOffset">Where a record says its length.</param>
/// <param name="LengthWidth">In how many bytes.</param>
/// <param name="Records">By type.</param>
internal sealed record TableLayout(
    StructureLayout? Fixed,
    int FirstRecord,
    int TypeWidth,
    int LengthOffset,
    int LengthWidth,
    IReadOnlyDictionary<int, StructureLayout> Records)
{
    /// <summary>A table without records.</summary>
    public static TableLayout Plain(StructureLayout? layout) => new(layout, 0, 0, 0, 0, new Dictionary<int, StructureLayout>());
}
