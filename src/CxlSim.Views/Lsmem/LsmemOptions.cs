namespace CxlSim.Views;

/// <summary>What <c>lsmem</c> was asked.</summary>
public sealed record LsmemOptions
{
    /// <summary>What it shows where nothing is said.</summary>
    public static IReadOnlyList<LsmemColumn> DefaultColumns { get; } = [LsmemColumn.Range, LsmemColumn.Size, LsmemColumn.State, LsmemColumn.Removable, LsmemColumn.Block];

    public IReadOnlyList<LsmemColumn> Columns { get; init; } = DefaultColumns;

    /// <summary>Blocks that differ in one of these stand apart; null follows the columns.</summary>
    public IReadOnlyList<LsmemColumn>? Split { get; init; }

    /// <summary>Each block in a line of its own.</summary>
    public bool All { get; init; }

    /// <summary>Sizes as bare bytes.</summary>
    public bool Bytes { get; init; }

    public bool NoHeadings { get; init; }

    public LsmemFormat Format { get; init; }

    public bool HasTable { get; init; } = true;

    public bool HasSummary { get; init; } = true;
}
