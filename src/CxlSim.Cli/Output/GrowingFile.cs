namespace CxlSim.Cli;

/// <summary>A file that is written line by line while the machine runs, and appears under its name when it is whole. Until then it is beside it, with <c>.part</c>.</summary>
internal sealed class GrowingFile : IDisposable
{
    private readonly string _path;
    private readonly IDisposable? _growth;

    /// <summary>Throws what opening a file throws.</summary>
    public GrowingFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            Writer = new StreamWriter(path); // a pipe or the terminal: nothing can be put in its place
            return;
        }

        if (Directory.Exists(path))
        {
            throw new UnauthorizedAccessException($"Access to the path '{path}' is denied.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new DirectoryNotFoundException($"Could not find a part of the path '{path}'."); // said of the name that the user knows
        }

        _growth = Interrupt.Grow(Half);
        File.Delete(Half); // a link that somebody has put there is not followed
        Writer = new StreamWriter(File.Open(Half, FileMode.CreateNew, FileAccess.Write, FileShare.Read));
    }

    public StreamWriter Writer { get; }

    private string Half => _path + ".part";

    public void Dispose()
    {
        Writer.Dispose();
        if (_growth is not null)
        {
            Interrupt.Hold(() => File.Move(Half, _path, overwrite: true));
            _growth.Dispose();
        }
    }
}
