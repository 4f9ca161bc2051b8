using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>What became of a platform file: a description, or everything that is wrong with it; warnings may come with either.</summary>
/// <param name="Platform">Null when there is an error among the diagnostics.</param>
/// <param name="Diagnostics">In the order of the file.</param>
public sealed record PlatformReadResult(PlatformDescription? Platform, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>What was read; empty where the file could not be.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The files with tables that it names, as it names them, and what they held.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();
}
