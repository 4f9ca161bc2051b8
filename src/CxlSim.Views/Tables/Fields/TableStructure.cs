namespace CxlSim.Views;

/// <summary>A header or a record of a table.</summary>
/// <param name="Name">What kind it is.</param>
/// <param name="Offset">From the table's start, in bytes.</param>
/// <param name="Length">As it claims itself.</param>
/// <param name="Fields">Those that lie within it and within the table.</param>
public sealed record TableStructure(string Name, int Offset, int Length, IReadOnlyList<TableField> Fields);
