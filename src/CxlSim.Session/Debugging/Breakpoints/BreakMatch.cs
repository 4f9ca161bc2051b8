using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>Something happened that a breakpoint waits for.</summary>
/// <param name="What">In words.</param>
/// <param name="Error">The error that came with it, by its name; <c>Ok</c> where none.</param>
/// <param name="Value">The value that a register took.</param>
public sealed record BreakMatch(string What, string Error = nameof(Errno.Ok), ulong Value = 0)
{
    /// <summary>The line of a boot script that says the same; null where none does.</summary>
    public string? Line { get; init; }

    /// <summary>The functions that were under way; null for those that are.</summary>
    public IReadOnlyList<SimFrame>? Frames { get; init; }
}
