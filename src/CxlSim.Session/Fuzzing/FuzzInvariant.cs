namespace CxlSim.Session;

/// <summary>What must hold of every machine, whatever is done to it.</summary>
/// <param name="Name">By which failures name it.</param>
/// <param name="Sentence">What holds.</param>
public sealed record FuzzInvariant(string Name, string Sentence)
{
    /// <summary>What does not hold now, in words, or null; null itself for what is held while a step is done.</summary>
    internal Func<FuzzMachine, string?>? Broken { get; init; }

    /// <summary>Whether it is of what the boot has made: it is asked after the boot alone.</summary>
    internal bool IsOfBoot { get; init; }

    /// <summary>Whether it can only change where committed decoders do.</summary>
    internal bool IsOfRoutes { get; init; }
}
