namespace CxlSim.Views;

/// <summary>A field of a table: where it is, and what is in it.</summary>
/// <param name="Offset">From the table's start, in bytes.</param>
/// <param name="Width">In bytes.</param>
/// <param name="Name">As the specification has it.</param>
/// <param name="Value">The number, or the letters.</param>
/// <param name="Meaning">What the value says; empty where it says it itself.</param>
public sealed record TableField(int Offset, int Width, string Name, string Value, string Meaning)
{
    /// <summary>What it came from; null where that is not known, or its format fixes it.</summary>
    public FieldProvenance? Source { get; init; }
}
