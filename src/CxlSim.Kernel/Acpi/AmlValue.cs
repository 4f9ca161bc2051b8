namespace CxlSim.Kernel;

/// <summary>A constant of the namespace: an integer, a string, a buffer or a package. Exactly one is there.</summary>
public sealed record AmlValue
{
    public ulong? Integer { get; init; }

    public string? Text { get; init; }

    public byte[]? Buffer { get; init; }

    public IReadOnlyList<AmlValue>? Items { get; init; }
}
