using System.Text;
using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>The file <c>trace_pipe</c> of a trace buffer: every read takes events out of it, and waits for one where there is none.</summary>
internal sealed class TraceTextPipeFile(TraceInstance instance, Tracing tracing, bool nonBlocking) : OpenedFile
{
    private byte[] _line = [];

    public override bool IsStream => true;

    public override PollEvents Poll() => _line.Length > 0 || !instance.IsEmpty ? PollEvents.In | PollEvents.ReadNormal : PollEvents.None;

    /// <summary>What does not fit into a read is there for the next.</summary>
    public override SimTask<FileBytes> ReadAsync(long offset, int count) => ReadAsync(offset, count, () => false);

    public override async SimTask<FileBytes> ReadAsync(long offset, int count, Func<bool> isInterrupted)
    {
        while (_line.Length == 0)
        {
            if (isInterrupted())
            {
                return FileBytes.Of(Errno.EINTR);
            }

            if (instance.Take() is { } entry)
            {
                _line = Encoding.UTF8.GetBytes(entry.Line());
            }
            else if (nonBlocking)
            {
                return FileBytes.Of(Errno.EAGAIN);
            }
            else
            {
                await tracing.WaitAsync();
            }
        }

        ReadOnlyMemory<byte> bytes = _line.AsMemory(0, Math.Min(count, _line.Length));
        _line = _line[bytes.Length..];
        return FileBytes.Of(bytes);
    }
}
