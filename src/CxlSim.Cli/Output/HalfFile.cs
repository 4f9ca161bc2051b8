namespace CxlSim.Cli;

/// <summary>What becomes a file once it is whole: until then it stands beside it, with <c>.part</c> behind its name.</summary>
internal static class HalfFile
{
    public static string Of(string path) => path + ".part";

    /// <summary>Throws what opening a file throws, said of the name that the user knows.</summary>
    public static StreamWriter Create(string path)
    {
        string half = Of(path);
        try
        {
            File.Delete(half); // a link that somebody has put there is not followed
            return new StreamWriter(File.Open(half, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException(error.Message.Replace(half, path, StringComparison.Ordinal), error);
        }
        catch (IOException error)
        {
            throw new IOException(error.Message.Replace(half, path, StringComparison.Ordinal), error);
        }
    }
}
