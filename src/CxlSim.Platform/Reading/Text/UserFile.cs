using CxlSim.Platform.Yaml;

namespace CxlSim.Platform.Reading;

/// <summary>Text of files that users name.</summary>
internal static class UserFile
{
    /// <summary>At most one character more than is allowed: a file may be endless.</summary>
    public static string Load(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"it is a folder; expected a file{Like(path)}");
        }

        using StreamReader reader = Open(path);
        char[] buffer = new char[TextCheck.LongestText + 1];
        int length = reader.ReadBlock(buffer);
        return new string(buffer, 0, length);
    }

    /// <summary>Where files are that a file names: its own folder, and the current one for what comes through a pipe.</summary>
    public static string FolderOf(string path) => path.StartsWith("/dev/", StringComparison.Ordinal) ? string.Empty : Path.GetDirectoryName(path) ?? string.Empty;

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (DirectoryNotFoundException)
        {
            throw new IOException($"there is no folder '{Path.GetDirectoryName(path)}'");
        }
        catch (FileNotFoundException)
        {
            string folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
            throw new IOException($"there is no such file{NearestKey.Hint(Path.GetFileName(path), Platforms(folder))}");
        }
    }

    private static string Like(string folder) => Platforms(folder).FirstOrDefault() is { } name ? $", such as {Path.Combine(folder, name)}" : string.Empty;

    private static string[] Platforms(string folder) => [.. Directory.EnumerateFiles(folder, "*.yaml").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
}
