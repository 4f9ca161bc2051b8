namespace CxlSim.Cli.Tests;

/// <summary>A command that a page shows, and what the page says comes of it.</summary>
/// <param name="Line">Where it stands, counted from 1.</param>
/// <param name="Text">What a reader types, with the text of a here-document.</param>
/// <param name="Typed">What the reader types to the program then: lines behind its prompt.</param>
/// <param name="Shown">The lines below it; null where the page shows none and the command just has to succeed.</param>
/// <param name="FirstShown">The index of the first of them in the page.</param>
internal sealed record PageCommand(int Line, string Text, IReadOnlyList<string> Typed, IReadOnlyList<string>? Shown, int FirstShown);
