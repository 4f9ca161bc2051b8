using System.Security;
using CxlSim.Core;
using CxlSim.Machine;
using CxlSim.Platform;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>The reviewed state of a case's machine, in a file beside the scenario. Cases of a matrix have a file each.</summary>
internal static class ScenarioSnapshot
{
    /// <summary>Lines of a difference that are told.</summary>
    private const int Most = 40;

    /// <summary>Null where the machine is as it was reviewed.</summary>
    public static ScenarioFailure? Check(ScenarioCase scenario, SimulatedMachine machine, bool update)
    {
        string path = PathOf(scenario);
        SourceLocation at = scenario.Expectation!.Location;
        string now = SnapshotText.Render(machine);
        try
        {
            if (LinkIn(path, scenario.Folder) is { } link)
            {
                return new ScenarioFailure(at, $"the snapshot '{path}' is not read or written through the link '{link}'");
            }

            if (update)
            {
                File.WriteAllText(path, now);
                return null;
            }

            if (!File.Exists(path))
            {
                return new ScenarioFailure(at, $"the snapshot '{path}' is not there; 'cxlsim test --update' writes it");
            }

            string[] changes = MachineDump.Compare(File.ReadAllText(path), now).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string rest = changes.Length > Most ? $"... and {changes.Length - Most} more lines\n" : string.Empty;
            return changes.Length == 0 ? null : new ScenarioFailure(at, $"the machine is not as the snapshot '{path}' has it", string.Concat(changes.Take(Most).Select(line => line + "\n")) + rest);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or SecurityException)
        {
            return new ScenarioFailure(at, $"the snapshot '{path}' cannot be read or written: {error.Message}");
        }
    }

    /// <summary>A link on the way from the scenario's folder to the file; null where there is none.</summary>
    private static string? LinkIn(string path, string folder)
    {
        for (string? part = path; part is { Length: > 0 } && part.Length > folder.Length; part = Path.GetDirectoryName(part))
        {
            if (new FileInfo(part).LinkTarget is not null)
            {
                return part;
            }
        }

        return null;
    }

    private static string PathOf(ScenarioCase scenario)
    {
        string name = scenario.Expectation!.Snapshot!;
        int bracket = scenario.Name.IndexOf('[', StringComparison.Ordinal);
        string suffix = bracket < 0 ? string.Empty : "." + string.Concat(scenario.Name[(bracket + 1)..^1].Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '=' ? letter : '-'));
        return Path.Combine(scenario.Folder, name + suffix);
    }
}
