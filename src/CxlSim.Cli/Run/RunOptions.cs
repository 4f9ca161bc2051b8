using CxlSim.Kernel;
using CxlSim.Session;

namespace CxlSim.Cli;

/// <summary>What the user asked of <c>cxlsim run</c>.</summary>
internal sealed record RunOptions
{
    public required string Platform { get; init; }

    /// <summary>Steps behind those of the file, each as it would stand in it.</summary>
    public IReadOnlyList<string> MoreSteps { get; init; } = [];

    /// <summary>What is said in place of the file.</summary>
    public required IReadOnlyList<string> Settings { get; init; }

    /// <summary>Words added to the kernel's command line; null for none.</summary>
    public required string? Append { get; init; }

    /// <summary>Lines of the kernel log up to this level are shown; null shows none.</summary>
    public required LogLevel? LogLevel { get; init; }

    public required bool Json { get; init; }

    public required bool Quiet { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Phase or milestone to stop at; null runs to the end.</summary>
    public required string? Until { get; init; }

    /// <summary>File that takes the whole kernel log.</summary>
    public required string? Dmesg { get; init; }

    /// <summary>File that takes every trace record.</summary>
    public required string? Trace { get; init; }

    /// <summary>File that takes what is done, for a replay.</summary>
    public required string? Record { get; init; }

    /// <summary>The platform file with all that is said besides it.</summary>
    public PlatformInput Input => new(Platform) { Settings = Settings, Append = Append, MoreSteps = MoreSteps };
}
