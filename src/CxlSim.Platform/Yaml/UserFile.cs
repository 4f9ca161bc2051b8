namespace CxlSim.Platform.Yaml;

/// <summary>Text of files that users name.</summary>
internal static class UserFile
{
    /// <summary>At most one character more than is allowed: a file may be endless.</summary>
    public static string Load(string path)
    {
        using StreamReader reader = new(path);
        char[] buffer = new char[YamlLoader.LongestText + 1];
        int length = reader.ReadBlock(buffer);
        return new string(buffer, 0, length);
    }
}
