namespace CxlSim.Cli;

/// <summary>A file that is written line by line while the machine runs, and appears under its name when it is whole. Until then it is a <see cref="HalfFile"/>.</summary>
internal sealed class GrowingFile : IDisposable
{
    private readonly string _path;
    private readonly IDisposable? _growth;

    /// <summary>Throws what opening a file throws.</summary>
    public GrowingFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        if (WholeFile.IsStandardOutput(path))
        {
            Writer = new StreamWriter(StandardStream.OpenOutput());
            return;
        }

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

        _growth = Interrupt.Grow(HalfFile.Of(path));
        Writer = HalfFile.Create(path);
    }

    public StreamWriter Writer { get; }

    public void Dispose()
    {
        Writer.Dispose();
        if (_growth is not null)
        {
            Interrupt.Hold(() => File.Move(HalfFile.Of(_path), _path, overwrite: true));
            _growth.Dispose();
        }
    }
}
