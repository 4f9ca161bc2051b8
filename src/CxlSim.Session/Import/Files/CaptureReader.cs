using CxlSim.Platform;

namespace CxlSim.Session;

/// <summary>Reads files of a capture, no more than a capture can have. What cannot be read is remembered; nothing throws.</summary>
internal sealed class CaptureReader
{
    /// <summary>No table and no log is as large.</summary>
    private const int LargestFile = 64 << 20;

    /// <summary>Bytes of all that is read.</summary>
    private const long LargestCapture = 256L << 20;

    /// <summary>A directory of more is no capture.</summary>
    private const int MostEntries = 200_000;

    private readonly List<(string Path, string Reason)> _unreadable = [];
    private readonly HashSet<string> _given = [];
    private long _read;

    public IReadOnlyList<(string Path, string Reason)> Unreadable => _unreadable;

    /// <summary>Remembers what cannot be read, once.</summary>
    public void GiveUp(string path, string reason)
    {
        if (_given.Add(path))
        {
            _unreadable.Add((path, reason));
        }
    }

    /// <summary>What a directory holds, by name; nothing where there is none. That it cannot be listed is remembered.</summary>
    public string[] List(string directory, Func<string, IEnumerable<string>> entries, int most = MostEntries)
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }

        string[]? paths = Try(() => entries(directory).Take(most).Order(StringComparer.Ordinal).ToArray(), out string? reason);
        if (paths is null)
        {
            GiveUp(directory, reason!);
        }

        return paths ?? [];
    }

    /// <summary>Null where it cannot be read, which is remembered. A file of /proc says nothing of its size, so it is read to its end.</summary>
    public byte[]? ReadBytes(string path)
    {
        byte[]? bytes = Try(() => ReadToEnd(path), out string? reason);
        if (bytes is null)
        {
            GiveUp(path, reason!);
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

    /// <summary>Null where the host refuses, and why.</summary>
    public static T? Try<T>(Func<T> read, out string? reason)
    {
        try
        {
            reason = null;
            return read();
        }
        catch (Exception error) when (FileFault.Is(error))
        {
            reason = error.Message;
            return default;
        }
    }
}
