namespace CxlSim.Views;

/// <summary>Something that can be said of a machine.</summary>
/// <param name="What">What it is of; in a section of lines the line itself.</param>
/// <param name="Value">What is said; empty where being there is all.</param>
public sealed record DiffFact(string What, string Value);
