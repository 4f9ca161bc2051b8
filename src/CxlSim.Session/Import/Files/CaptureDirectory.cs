using System.Text.RegularExpressions;

namespace CxlSim.Session;

/// <summary>Finds the files of a capture in a directory. What cannot be read is remembered; nothing throws.</summary>
internal sealed partial class CaptureDirectory
{
    private const int MostFiles = 1000;

    private readonly List<CaptureFile> _files = [];
    private readonly CaptureReader _reader = new();

    public IReadOnlyList<CaptureFile> Files => _files;

    public IReadOnlyList<(string Path, string Reason)> Unreadable => _reader.Unreadable;

    public void Add(string root)
    {
        if (!Directory.Exists(root))
        {
            _reader.GiveUp(root, File.Exists(root) ? "it is a file; expected the directory that it lies in" : "there is no such directory");
            return;
        }

        // What firmware left and the state after the boot come before what else lies in the directory.
        AddFiles(Path.Combine(root, "tables"));
        AddFiles(Path.Combine(root, "fw"));
        AddFiles(Path.Combine(root, "fw", "tables"));
        string? states = FirstState(root) ?? (Path.GetFileName(Path.GetFullPath(root)) == "fw" ? FirstState(Path.Combine(root, "..")) : null);
        if (states is not null)
        {
            AddFiles(states);
        }

        if (Directory.Exists(Path.Combine(root, "sys", "devices")))
        {
            AddTree(root);
        }

        AddFiles(root);
    }

    /// <summary>/sys and /proc, or a copy of them.</summary>
    private void AddTree(string root)
    {
        _files.AddRange(new SysfsCopy(_reader, Path.Combine(root, "sys")).Read());
        AddFiles(Path.Combine(root, "sys", "firmware", "acpi", "tables"));
        foreach (string name in new[] { "iomem", "cmdline", "version", "modules", "cpuinfo" })
        {
            AddFile(Path.Combine(root, "proc", name));
        }
    }

    /// <summary>States are numbered folders: 00-boot comes before what was done later.</summary>
    private string? FirstState(string root) =>
        _reader.List(root, Directory.EnumerateDirectories).FirstOrDefault(path => StateName().IsMatch(Path.GetFileName(path)));

    private void AddFiles(string directory)
    {
        foreach (string path in _reader.List(directory, Directory.EnumerateFiles, MostFiles).Where(HasBytes))
        {
            AddFile(path);
        }
    }

    /// <summary>A pipe has no size either, and reading it would wait for somebody who writes.</summary>
    private static bool HasBytes(string path) => File.Exists(path) && new FileInfo(path).Length > 0;

    private void AddFile(string path)
    {
        if (File.Exists(path) && _reader.ReadBytes(path) is { } bytes)
        {
            _files.Add(new CaptureFile(path, bytes));
        }
    }

    [GeneratedRegex(@"^\d\d-")]
    private static partial Regex StateName();
}
