using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>How a write has to end.</summary>
/// <param name="Error">The errno.</param>
internal sealed record FuzzAnswer(Errno Error)
{
    /// <summary>What has not come of it, in words, or null; asked after a success.</summary>
    public Func<string?>? Missing { get; init; }

    public static implicit operator FuzzAnswer(Errno error) => new(error);
}
