using System.Globalization;
using CxlSim.Core;
using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>A platform file with all that a command line says besides it.</summary>
/// <param name="Path">The file.</param>
public sealed record PlatformInput(string Path)
{
    /// <summary>What is said in place of the file, <c>KEY.PATH=VALUE</c> each.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Steps behind those of the file, each as it would stand in it.</summary>
    public IReadOnlyList<string> MoreSteps { get; init; } = [];

    /// <summary>Words behind the kernel's command line; null for none.</summary>
    public string? Append { get; init; }

    /// <summary>What table files held that the platform names; they are read where this says nothing of them.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>Reads the file.</summary>
    public PlatformReadResult Read() => Complete(PlatformReader.ReadFile(Path, Settings));

    /// <summary>Takes a text for the file's.</summary>
    public PlatformReadResult ReadText(string text) => Complete(PlatformReader.ReadText(text, Path, Files, Settings));

    /// <summary>The first line of a recording of this machine.</summary>
    public RecordingHeader Header(ulong seed) => new()
    {
        Version = RecordingHeader.Known,
        Simulator = RecordingHeader.ThisSimulator,
        Platform = Path,
        PlatformLines = 0,
        Seed = seed,
        Settings = Settings,
        Steps = MoreSteps,
        Append = Append,
    };

    private PlatformReadResult Complete(PlatformReadResult read)
    {
        List<Diagnostic> diagnostics = [.. read.Diagnostics];
        List<StepDescription> steps = [.. read.Platform?.Steps ?? []];
        PlatformDescription? platform = read.Platform;
        for (int i = 0; i < MoreSteps.Count; i++)
        {
            StepReadResult step = PlatformReader.ReadStep(MoreSteps[i], string.Create(CultureInfo.InvariantCulture, $"--step {i + 1}"));
            diagnostics.AddRange(step.Diagnostics);
            if (step.Step is null)
            {
                platform = null;
                break;
            }

            steps.Add(step.Step);
        }

        return read with { Platform = platform is null ? null : Append is null ? platform with { Steps = steps } : WithWords(platform with { Steps = steps }), Diagnostics = diagnostics };
    }

    private PlatformDescription WithWords(PlatformDescription platform) =>
        platform with { Kernel = platform.Kernel with { CommandLine = $"{platform.Kernel.CommandLine} {Append}".Trim() } };
}
