namespace CxlSim.Session;

/// <summary>A line of a boot script: something that happens.</summary>
/// <param name="Position">The point of the run at which it has happened.</param>
/// <param name="Depth">0 for a phase and for a step of the platform file, one more for each function around it.</param>
/// <param name="Text">What happens.</param>
/// <param name="Source">The file of Linux that is modelled, or the place of a step; empty where what happens says it itself.</param>
public sealed record BootScriptLine(DebugPosition Position, int Depth, string Text, string Source)
{
    /// <summary>By what a run anew tells the same line: the text of the first of those that it stands for.</summary>
    internal string Key { get; init; } = Text;

    /// <summary>The how-manieth of its key, from 1.</summary>
    internal int Occurrence { get; init; } = 1;
}
