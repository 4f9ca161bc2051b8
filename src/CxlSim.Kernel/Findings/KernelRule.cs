namespace CxlSim.Kernel;

/// <summary>One thing about a machine that Linux refuses or wastes. docs/DIAGNOSTICS.md lists them all.</summary>
/// <param name="Number"><c>CXKnnnn</c>; it keeps its meaning for ever.</param>
/// <param name="Title">One phrase: what is wrong.</param>
/// <param name="Effect">What Linux does about it, as the rest of a sentence that begins with "Linux".</param>
/// <param name="Source">The file of Linux that has the rule.</param>
public sealed record KernelRule(string Number, string Title, string Effect, string Source)
{
    /// <summary>The function that has the rule; empty where it is spread over several.</summary>
    public string Function { get; init; } = string.Empty;
}
