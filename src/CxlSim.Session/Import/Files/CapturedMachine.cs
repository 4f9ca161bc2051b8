using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>The files of a capture, best first: where two say the same thing, the first is believed.</summary>
public sealed class CapturedMachine
{
    private readonly ILookup<CaptureKind, CaptureFile> _byKind;

    /// <param name="name">What messages call it.</param>
    /// <param name="files">In the order in which they are believed.</param>
    public CapturedMachine(string name, IReadOnlyList<CaptureFile> files)
    {
        Name = name;
        Findings = new ImportFindings(name);
        _byKind = files.Where(file => file.Bytes.Length > 0).ToLookup(CaptureKinds.Of);
    }

    public string Name { get; }

    internal ImportFindings Findings { get; }

    /// <summary>Reads directories: their tables, what tools printed, and copies of /sys and /proc. What an earlier directory lacks is taken from a later one.</summary>
    /// <remarks>A directory <c>fw</c> and the first of the numbered states in a directory belong to it.</remarks>
    public static CapturedMachine Read(IReadOnlyList<string> directories)
    {
        CaptureDirectory reader = new();
        foreach (string directory in directories)
        {
            reader.Add(directory);
        }

        CapturedMachine capture = new(directories.Count > 0 ? directories[0] : ".", reader.Files);
        foreach ((string path, string reason) in reader.Unreadable)
        {
            capture.Findings.Warn(Cxi.UnreadableFile, new SourceLocation(path, 1, 1), $"it cannot be read: {reason}");
        }

        return capture;
    }

    internal IEnumerable<CaptureFile> All(CaptureKind kind) => _byKind[kind];

    internal CaptureFile? First(CaptureKind kind) => _byKind[kind].FirstOrDefault();
}
