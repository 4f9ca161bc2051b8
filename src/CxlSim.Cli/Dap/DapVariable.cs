using CxlSim.Core;

namespace CxlSim.Cli;

/// <summary>Something with a value that an editor shows, and may open, change or watch.</summary>
/// <param name="Name">Among those beside it.</param>
/// <param name="Value">As a text.</param>
internal sealed record DapVariable(string Name, string Value)
{
    /// <summary>What stands below; null where nothing does.</summary>
    public Func<IReadOnlyList<DapVariable>>? Children { get; init; }

    /// <summary>What evaluates to it; null where nothing does.</summary>
    public string? Expression { get; init; }

    /// <summary>Where its bytes lie, see <see cref="DapMemory"/>; null where nowhere.</summary>
    public string? Memory { get; init; }

    /// <summary>Gives it another value, as a what-if. Null where nobody can.</summary>
    public Func<string, Errno?>? Set { get; init; }

    /// <summary>Its value anew, once it was set; null where the expression tells.</summary>
    public Func<string>? Now { get; init; }

    /// <summary>The place of a breakpoint that stops when it changes; null where none does.</summary>
    public string? Watch { get; init; }
}
