using System.Collections.Concurrent;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Session;

namespace CxlSim.Conformance.Tests;

/// <summary>A recorded machine, imported from what was captured of it, booted, and held against the recorded state after its boot.</summary>
internal static class ImportedMachine
{
    private static readonly ConcurrentDictionary<string, ImportAgreement> Known = new();

    /// <summary>Recordings with ACPI tables of their own or of their scenario, and a state after the boot. Of 16-teardown-online there is neither.</summary>
    public static IReadOnlyList<string> Recordings { get; } =
    [
        .. File.ReadLines(RepositoryRoot.File("tests/conformance/scenarios.tsv")).Skip(1).Select(line => line.Split('\t')[0])
            .Where(recording => Captures(recording).Length > 0 && StateOf(recording) is not null),
    ];

    public static ImportAgreement Agreement(string recording) => Known.GetOrAdd(recording, _ => Compare(recording));

    public static ImportResult Import(string recording)
    {
        ImportResult result = CaptureImporter.Import(CapturedMachine.Read(Captures(recording)), "imported");
        result.Platform.Should().NotBeNull(string.Join('\n', result.Findings));
        return result;
    }

    /// <summary>The ACPI tables of a recording, binary.</summary>
    public static string[] Tables(string recording) => Directory.GetFiles(Path.Combine(Captures(recording)[^1], "fw", "tables"));

    /// <summary>Boots a platform file and runs its steps, each of which must end as expected.</summary>
    public static Capture Boot(string text)
    {
        PlatformReadResult read = PlatformReader.ReadText(text, "imported.yaml");
        read.Diagnostics.Should().BeEmpty();
        MachineSession session = new(new SimulatedMachine(read.Platform!));
        session.Boot().Should().BeTrue();
        foreach (StepDescription step in read.Platform!.Steps)
        {
            new StepRunner(session).Run(step).Error.Should().Be(Errno.Ok);
        }

        return MachineCapture.Take(session.Kernel);
    }

    private static ImportAgreement Compare(string recording)
    {
        Capture truth = Capture.FromDirectory(StateOf(recording)!);

        // Of some variants only a part of iomem was recorded.
        Capture known = truth.Files.ContainsKey("iomem.txt") ? truth : truth.With("iomem.txt", truth.TextOf("iomem-cxl.txt"));
        Capture ours = Boot(Import(recording).Text);
        return ImportAgreement.Of(known, truth.Files.ContainsKey("iomem.txt") ? ours : ours.With("iomem.txt", Part(ours.TextOf("iomem.txt"), known.TextOf("iomem.txt"))));
    }

    /// <summary>As the recording's script cut it: windows, and the line after each with what lies below.</summary>
    private static string Part(string iomem, string recorded) =>
        string.Concat(iomem.Split('\n').Where(line => line.Contains("CXL Window") || recorded.Contains(line, StringComparison.Ordinal)).Where(line => line.Length > 0).Select(line => line + "\n"));

    /// <summary>The variant's own directory, then the variant of the same scenario that has the tables.</summary>
    private static string[] Captures(string recording)
    {
        string own = RepositoryRoot.Golden(recording.Split('/'));
        string scenario = Path.GetDirectoryName(own)!;
        string? tables = HasTables(own) ? own : recording.Contains('/') ? Directory.EnumerateDirectories(scenario).Order(StringComparer.Ordinal).FirstOrDefault(HasTables) : null;
        return tables is null ? [] : tables == own ? [own] : [own, tables];
    }

    private static bool HasTables(string directory) => Directory.Exists(Path.Combine(directory, "fw", "tables"));

    private static string? StateOf(string recording) =>
        Directory.EnumerateDirectories(RepositoryRoot.Golden(recording.Split('/')), "00-*").FirstOrDefault();
}
