using CxlSim.Spec.Acpi;

namespace CxlSim.Views;

/// <summary>A kind of table: what stands before its records, and how records say their type and length.</summary>
/// <param name="Fixed">What follows the common header; null where records or nothing do.</param>
/// <param name="FirstRecord">Where records begin; 0 where there are none.</param>
/// <param name="Format">How records say their type and length.</param>
/// <param name="Records">By type.</param>
internal sealed record TableLayout(
    StructureLayout? Fixed,
    int FirstRecord,
    SubtableFormat Format,
    IReadOnlyDictionary<int, StructureLayout> Records)
{
    /// <summary>A table without records.</summary>
    public static TableLayout Plain(StructureLayout? layout) => new(layout, 0, SubtableFormat.Common, new Dictionary<int, StructureLayout>());
}
