using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session.Tests;

/// <summary>A program that opens, reads and writes files of a live machine, as the mount passes them on.</summary>
internal sealed class LiveFiles(LiveMachine machine)
{
    private readonly KernelTree _tree = new(machine.Session);
    private readonly Dictionary<ulong, OpenedFile> _open = [];
    private ulong _last;

    /// <summary>The handle; null where opening is refused.</summary>
    public ulong? Open(string path, OpenFlags flags = OpenFlags.Read | OpenFlags.Write | OpenFlags.NonBlocking)
    {
        ulong handle = ++_last;
        machine.Do("open " + path.Split('/')[^1], _ => Value(Open(handle, path, flags)), new RecordedOpen(path, flags, handle));
        return _open.ContainsKey(handle) ? handle : null;
    }

    public FileBytes Read(ulong handle, long offset = 0, int count = 4096) =>
        machine.Do("read", _ => _open[handle].ReadAsync(offset, count), new RecordedFileRead(handle, offset, count));

    public Errno Write(ulong handle, string text, long offset = 0)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        TraceTask caller = new("test", 17);
        return machine.Do(
            "write",
            kernel =>
            {
                kernel.Tracing.Caller = caller;
                return _open[handle].WriteAsync(offset, bytes);
            },
            RecordedFileWrite.Of(handle, offset, bytes, caller));
    }

    /// <summary>Pages of memory that the host writes back, on behalf of nobody.</summary>
    public Errno Store(ulong handle, string text, long offset = 0)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        return machine.Do("store", _ => _open[handle].WriteAsync(offset, bytes), RecordedFileWrite.Of(handle, offset, bytes, caller: null));
    }

    public Errno Write(string path, string text) => Open(path, OpenFlags.Write) is { } handle ? Write(handle, text) : Errno.ENOENT;

    public string Read(string path) => Open(path) is { } handle ? Encoding.Latin1.GetString(Read(handle).Bytes.Span) : string.Empty;

    public Errno MakeDirectory(string path) =>
        machine.Do("mkdir", _ => Value(_tree.MakeDirectory(Steps(path))), new RecordedDirectory(path, IsRemoved: false));

    public Errno RemoveDirectory(string path) =>
        machine.Do("rmdir", _ => Value(_tree.RemoveDirectory(Steps(path))), new RecordedDirectory(path, IsRemoved: true));

    private static string[] Steps(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static SimTask<T> Value<T>(T value) => value;

    private bool Open(ulong handle, string path, OpenFlags flags)
    {
        if (_tree.Open(Steps(path), flags).File is not { } file)
        {
            return false;
        }

        _open.Add(handle, file);
        return true;
    }
}
