using System.Text.RegularExpressions;

namespace CxlSim.Session;

/// <summary>Finds the files of a capture in a directory. What cannot be read is remembered; nothing throws.</summary>
internal sealed partial class CaptureDirectory
{
    /// <summary>No table and no log is as large.</summary>
    private const int LargestFile = 64 << 20;

    /// <summary>Bytes of all that is read.</summary>
    private const long LargestCapture = 256L << 20;

    private const int MostFiles = 1000;

    private readonly List<CaptureFile> _files = [];
    private long _read;
    private readonly List<(string Path, string Reason)> _unreadable = [];

    public IReadOnlyList<CaptureFile> Files => _files;

    public IReadOnlyList<(string Path, string Reason)> Unreadable => _unreadable;

    public void Add(string root)
    {
        if (!Directory.Exists(root))
        {
            _unreadable.Add((root, "there is no such directory"));
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
        _files.AddRange(new SysfsCopy(this, Path.Combine(root, "sys")).Read());
        AddFiles(Path.Combine(root, "sys", "firmware", "acpi", "tables"));
        foreach (string name in new[] { "iomem", "cmdline", "version", "modules" })
        {
            AddFile(Path.Combine(root, "proc", name));
        }
    }

    /// <summary>States are numbered folders: 00-boot comes before what was done later.</summary>
    private static string? FirstState(string root) =>
        Try(() => Directory.EnumerateDirectories(root).Where(path => StateName().IsMatch(Path.GetFileName(path))).Order(StringComparer.Ordinal).FirstOrDefault(), out _);

    private void AddFiles(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        string[]? paths = Try(() => Directory.EnumerateFiles(directory).Take(MostFiles).Order(StringComparer.Ordinal).ToArray(), out string? reason);
        if (paths is null)
        {
            _unreadable.Add((directory, reason!));
            return;
        }

        foreach (string path in paths.Where(HasBytes))
        {
            AddFile(path);
        }
    }

    /// <summary>A pipe has no size either, and reading it would wait for somebody who writes.</summary>
    private static bool HasBytes(string path) => File.Exists(path) && new FileInfo(path).Length > 0;

    private void AddFile(string path)
    {
        if (File.Exists(path) && ReadBytes(path) is { } bytes)
        {
            _files.Add(new CaptureFile(path, bytes));
        }
    }

    /// <summary>Null where it cannot be read, which is remembered. A file of /proc says nothing of its size, so it is read to its end.</summary>
    public byte[]? ReadBytes(string path)
    {
        byte[]? bytes = Try(() => ReadToEnd(path), out string? reason);
        if (bytes is null)
        {
            _unreadable.Add((path, reason!));
        }

        return bytes;
    }

    private byte[] ReadToEnd(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
        using MemoryStream bytes = new();
        byte[] buffer = new byte[1 << 16];
        for (int count = stream.Read(buffer); count > 0; count = stream.Read(buffer))
        {
            bytes.Write(buffer, 0, count);
            _read += count;
            if (bytes.Length > LargestFile)
            {
                throw new IOException($"it has more than {LargestFile >> 20} MiB");
            }

            if (_read > LargestCapture)
            {
                throw new IOException($"the capture has more than {LargestCapture >> 20} MiB");
            }
        }

        return bytes.ToArray();
    }

    internal static T? Try<T>(Func<T> read, out string? reason)
    {
        try
        {
            reason = null;
            return read();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            reason = error.Message;
            return default;
        }
    }

    [GeneratedRegex(@"^\d\d-")]
    private static partial Regex StateName();
}
