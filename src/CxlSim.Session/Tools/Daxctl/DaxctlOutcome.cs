using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>How one device fared: done and counted, nothing to do and not counted, or refused.</summary>
/// <param name="Error">Ok for the first two.</param>
/// <param name="IsCounted">Whether the tool counts it.</param>
internal readonly record struct DaxctlOutcome(Errno Error, bool IsCounted)
{
    public static readonly DaxctlOutcome Done = new(Errno.Ok, true);

    /// <summary>Nothing was left to do: no error, but exit status 1.</summary>
    public static readonly DaxctlOutcome Nothing = new(Errno.Ok, false);

    /// <summary>What the process ends with.</summary>
    public int ExitStatus => Error != Errno.Ok ? -(int)Error & 0xff : IsCounted ? 0 : 1;

    public static implicit operator DaxctlOutcome(Errno error) => error == Errno.Ok ? Done : new DaxctlOutcome(error, false);
}
