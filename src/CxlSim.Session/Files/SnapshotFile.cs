using System.Text;
using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>A file whose text is made when it is read from its start, and stays what it was for the reads that follow (<c>fs/seq_file.c</c>).</summary>
/// <param name="render">Makes the text.</param>
/// <param name="store">What a write at an offset does; null where nothing can be written.</param>
/// <param name="changes">How often whoever polls was to be woken; null for a file that tells of no changes (<c>fs/kernfs/file.c</c>, kernfs_generic_poll).</param>
internal sealed class SnapshotFile(Func<FileBytes> render, Func<long, byte[], SimTask<Errno>>? store, Func<long>? changes = null) : OpenedFile
{
    private FileBytes? _content;

    /// <summary>Changes that were seen by reading; before the first read there is always something new.</summary>
    private long _seen = -1;

    /// <param name="render">Makes the text.</param>
    /// <param name="store">Takes the text of a write, wherever it goes.</param>
    public SnapshotFile(Func<FileBytes> render, Func<string, SimTask<Errno>>? store)
        : this(render, store is null ? null : (_, bytes) => store(Encoding.Latin1.GetString(bytes)), null)
    {
    }

    public override PollEvents Poll() => changes is not null && changes() != _seen ? PollEvents.Always | PollEvents.Error | PollEvents.Priority : PollEvents.Always;

    public override SimTask<FileBytes> ReadAsync(long offset, int count)
    {
        if (offset == 0 || _content is null)
        {
            _content = render();
            _seen = changes?.Invoke() ?? _seen;
        }

        FileBytes content = _content.Value;
        if (content.Error != Errno.Ok)
        {
            return content;
        }

        int start = (int)Math.Min(offset, content.Bytes.Length);
        return FileBytes.Of(content.Bytes.Slice(start, Math.Min(count, content.Bytes.Length - start)));
    }

    public override SimTask<Errno> WriteAsync(long offset, byte[] bytes) => store is null ? Errno.EACCES : store(offset, bytes);
}
