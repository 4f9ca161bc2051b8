namespace CxlSim.Cli;

/// <summary>What the user asked of <c>cxlsim translate</c>.</summary>
internal sealed record TranslateOptions
{
    /// <summary>The word that stands for it.</summary>
    public const string StandardInput = "-";

    /// <summary>Addresses; <see cref="StandardInput"/>, or none at all, is standard input.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>The device whose bytes the addresses are; null where they are what a CPU issues.</summary>
    public required string? Reverse { get; init; }

    public required bool Explain { get; init; }

    public required bool Json { get; init; }
}
