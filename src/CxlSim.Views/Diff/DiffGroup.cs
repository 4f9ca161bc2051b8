namespace CxlSim.Views;

/// <summary>Differences of one kind.</summary>
/// <param name="Name">Of the kind.</param>
/// <param name="Entries">At least one.</param>
public sealed record DiffGroup(string Name, IReadOnlyList<DiffEntry> Entries);
