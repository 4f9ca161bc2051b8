namespace CxlSim.Views;

/// <summary>Facts of one kind.</summary>
/// <param name="Name">Of the kind.</param>
/// <param name="Facts">In the order of the machine.</param>
/// <param name="IsText">Whether they are lines, whose order counts, and which may be there twice.</param>
public sealed record DiffSection(string Name, IReadOnlyList<DiffFact> Facts, bool IsText = false);
