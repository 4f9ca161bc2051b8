using CxlSim.Core;

namespace CxlSim.Session;

/// <summary>The machine's /sys and /proc as plain files below a directory, for programs that take another root (<c>lsmem --sysroot</c>, <c>lstopo --input</c>) and hosts without FUSE.</summary>
public sealed class TreeExport(MachineSession session)
{
    private static readonly string[] Parts = ["sys", "proc"];
    private readonly KernelTree _tree = new(session);

    /// <summary>How many files were written; what cannot be read, such as write-only attributes, is left out.</summary>
    public int Files { get; private set; }

    /// <summary>Writes the tree.</summary>
    /// <param name="directory">Where to; must be empty, or not be there yet.</param>
    /// <exception cref="IOException">It is not empty, or cannot be written.</exception>
    public void Write(string directory)
    {
        if (File.Exists(directory) || (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any()))
        {
            throw new IOException($"{directory} is not an empty directory");
        }

        foreach (string part in Parts)
        {
            WriteDirectory(Path.Combine(directory, part), [part]);
        }
    }

    private void WriteDirectory(string directory, string[] steps)
    {
        Directory.CreateDirectory(directory);
        foreach (string name in _tree.List(steps)!)
        {
            string[] below = [.. steps, name];
            string path = Path.Combine(directory, name);
            switch (_tree.Find(below))
            {
                case { Kind: TreeEntryKind.Directory }:
                    WriteDirectory(path, below);
                    break;
                case { Kind: TreeEntryKind.Link } link:
                    File.CreateSymbolicLink(path, link.Target!);
                    break;
                case { Kind: TreeEntryKind.File } file:
                    WriteFile(path, below, file);
                    break;
            }
        }
    }

    private void WriteFile(string path, string[] steps, TreeEntry entry)
    {
        if (_tree.Open(steps, OpenFlags.Read).File is not { } file)
        {
            return;
        }

        FileBytes content = session.Do("export " + string.Join('/', steps), () => file.ReadAsync(0, int.MaxValue));
        if (content.Error != Errno.Ok)
        {
            return;
        }

        File.WriteAllBytes(path, content.Bytes.Span);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)entry.Mode | UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        Files++;
    }
}
