using System.Text;
using CxlSim.Platform;

namespace CxlSim.Cli;

/// <summary>Lines that were entered, of this session and, in a file, of those before. A file that cannot be read or written is no error: nothing is kept then.</summary>
internal sealed class LineHistory
{
    /// <summary>Lines that are kept.</summary>
    public const int Most = 1000;

    /// <summary>Bytes; a longer file is none of ours, and only its end is looked at.</summary>
    private const int LongestFile = 1 << 20;

    private readonly string? _file;
    private readonly List<string> _lines = [];

    /// <param name="file">Where lines are kept; null for this session only.</param>
    public LineHistory(string? file)
    {
        _file = file;
        OnFile(Load);
    }

    public int Count => _lines.Count;

    /// <summary>0 is the oldest.</summary>
    public string this[int index] => _lines[index];

    /// <summary>In the directory for the state of a user's programs (XDG Base Directory Specification); null where the user has none.</summary>
    /// <param name="name">Of the file, such as <c>debug_history</c>.</param>
    public static string? FileOfUser(string name)
    {
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string? directory = Path.IsPathRooted(state) ? state : home.Length > 0 ? Path.Combine(home, ".local", "state") : null;
        return directory is null ? null : Path.Combine(directory, "cxlsim", name);
    }

    /// <summary>Keeps a line; neither an empty one, nor one that was just entered already.</summary>
    public void Add(string line)
    {
        if (line.Length == 0 || (Count > 0 && _lines[^1] == line))
        {
            return;
        }

        _lines.Add(line);
        OnFile(file =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.AppendAllText(file, line + "\n"); // a session in another terminal writes there too
        });
    }

    private void Load(string file)
    {
        if (!File.Exists(file))
        {
            return;
        }

        byte[] bytes;
        bool isLong;
        using (FileStream stream = File.OpenRead(file))
        {
            isLong = stream.Length > LongestFile;
            stream.Seek(isLong ? -LongestFile : 0, isLong ? SeekOrigin.End : SeekOrigin.Begin);
            using BinaryReader reader = new(stream);
            bytes = reader.ReadBytes(LongestFile);
        }

        string[] lines = [.. Encoding.UTF8.GetString(bytes).Split('\n').Where(IsLine)];
        _lines.AddRange(lines.TakeLast(Most));
        if (isLong || lines.Length > Most)
        {
            File.WriteAllLines(file, _lines);
        }
    }

    /// <summary>What nobody can have typed comes from a broken file.</summary>
    private static bool IsLine(string line) => line.Length > 0 && !line.Any(letter => char.IsControl(letter) || letter == '\ufffd');

    private void OnFile(Action<string> act)
    {
        try
        {
            if (_file is not null)
            {
                act(_file);
            }
        }
        catch (Exception refused) when (FileFault.Is(refused))
        {
            // said above: no error
        }
    }
}
