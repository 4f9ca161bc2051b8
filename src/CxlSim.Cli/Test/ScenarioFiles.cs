using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary>Finds scenario files.</summary>
internal static class ScenarioFiles
{
    private static readonly string[] Endings = [".yaml", ".yml"];

    /// <summary>Files as they are named, and of folders all scenarios in them, sorted: other YAML files, such as platforms, are passed over.</summary>
    /// <param name="paths">What a user named.</param>
    /// <param name="faults">What is not there, or cannot be read.</param>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> paths, out IReadOnlyList<string> faults)
    {
        List<string> found = [];
        List<string> missing = [];
        foreach (string path in paths)
        {
            try
            {
                if (Directory.Exists(path))
                {
                    EnumerationOptions deep = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
                    found.AddRange(Directory.EnumerateFiles(path, "*", deep).Where(file => Endings.Contains(Path.GetExtension(file)) && IsScenario(file)).Order(StringComparer.Ordinal));
                }
                else if (File.Exists(path))
                {
                    found.Add(path);
                }
                else
                {
                    missing.Add($"{path}: there is no such file or folder");
                }
            }
            catch (Exception error) when (FileFault.Is(error))
            {
                missing.Add($"{path}: {error.Message}");
            }
        }

        faults = missing;
        return [.. found.Select(path => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path).DistinctBy(Path.GetFullPath)];
    }

    /// <summary>A file that cannot be read counts, so that its reader says why. A pipe, which has no length, does not: who would write to it?</summary>
    private static bool IsScenario(string file)
    {
        try
        {
            return new FileInfo(file).Length > 0 && ScenarioReader.IsScenarioFile(file);
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            return true;
        }
    }
}
