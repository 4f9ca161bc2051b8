using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>What must hold of a machine, after a step or at the end.</summary>
/// <param name="Location">Its place in the file, for messages.</param>
public sealed record ExpectationDescription(SourceLocation Location)
{
    /// <summary>What the step gives, such as the value read; null for anything.</summary>
    public ExpectedText? Value { get; init; }

    /// <summary>Lines that the kernel's log must have: since the step began, or at all.</summary>
    public IReadOnlyList<ExpectedText> Log { get; init; } = [];

    /// <summary>Lines that it must not have.</summary>
    public IReadOnlyList<ExpectedText> NoLog { get; init; } = [];

    /// <summary>Attributes and what they must show. Paths below /sys, or from an object by its name.</summary>
    public IReadOnlyList<ExpectedAttribute> Attributes { get; init; } = [];

    /// <summary>Objects and attributes that must not be there.</summary>
    public IReadOnlyList<ExpectedText> Missing { get; init; } = [];

    /// <summary>Lines that /proc/iomem must have, without what indents them.</summary>
    public IReadOnlyList<ExpectedText> Iomem { get; init; } = [];

    /// <summary>Lines that it must not have.</summary>
    public IReadOnlyList<ExpectedText> NoIomem { get; init; } = [];

    /// <summary>Where host addresses lead.</summary>
    public IReadOnlyList<ExpectedAddress> Addresses { get; init; } = [];

    /// <summary>How much of each device's memory must be in use.</summary>
    public IReadOnlyList<ExpectedCapacity> InUse { get; init; } = [];

    /// <summary>Rules by which something must have been refused, <c>CXK0104</c>: since the step began, or at all.</summary>
    public IReadOnlyList<ExpectedText> Refused { get; init; } = [];

    /// <summary>Rules that a check of the platform must warn of; only at the end.</summary>
    public IReadOnlyList<ExpectedText> Warned { get; init; } = [];

    /// <summary>The file that holds the machine's state as it was reviewed; null for none. Only at the end.</summary>
    public string? Snapshot { get; init; }
}
