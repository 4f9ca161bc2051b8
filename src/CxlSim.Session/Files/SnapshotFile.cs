using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session;

/// <summary>A file whose text is made when it is read from its start, and stays what it was for the reads that follow (<c>fs/seq_file.c</c>).</summary>
internal sealed class SnapshotFile(Func<FileBytes> render, Func<string, SimTask<Errno>>? store) : OpenedFile
{
    private FileBytes? _content;

    public override SimTask<FileBytes> ReadAsync(long offset, int count)
    {
        if (offset == 0 || _content is null)
        {
            _content = render();
        }

        FileBytes content = _content.Value;
        if (content.Error != Errno.Ok)
        {
            return content;
        }

        int start = (int)Math.Min(offset, content.Bytes.Length);
        return FileBytes.Of(content.Bytes.Slice(start, Math.Min(count, content.Bytes.Length - start)));
    }

    public override SimTask<Errno> WriteAsync(long offset, byte[] bytes) => store is null ? Errno.EACCES : store(System.Text.Encoding.Latin1.GetString(bytes));
}
