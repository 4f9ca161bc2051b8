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
    /// <param name="scenario">The case.</param>
    /// <param name="machine">Its machine.</param>
    /// <param name="write">Writes a file that is to be what is found; null where it is to be compared.</param>
    public static ScenarioFailure? Check(ScenarioCase scenario, SimulatedMachine machine, Action<string, string>? write)
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

            if (write is not null)
            {
                write(path, now);
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
        catch (Exception error) when (FileFault.Is(error))
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
        return Path.Combine(scenario.Folder, bracket < 0 ? name : $"{name}.{string.Concat(scenario.Name[(bracket + 1)..^1].Select(Fit))}");
    }

    /// <summary>What a letter of a case's name is in a file's: two names that differ are two files.</summary>
    private static string Fit(char letter) => letter switch
    {
        ' ' => "+",
        '.' or '=' or '-' or '_' or ',' => letter.ToString(),
        _ => char.IsAsciiLetterOrDigit(letter) ? letter.ToString() : $"%{(int)letter:X2}",
    };
}
