using CxlSim.Core;
using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>A CPU's <c>trace_pipe_raw</c>: every read takes a page out of the buffer. Events of the model all happen on the first CPU.</summary>
internal sealed class TracePipeFile(TraceInstance instance, bool isFirstCpu) : OpenedFile
{
    private byte[] _page = [];

    public override bool IsStream => true;

    public override PollEvents Poll() => _page.Length > 0 || (isFirstCpu && !instance.IsEmpty) ? PollEvents.In | PollEvents.ReadNormal : PollEvents.None;

    /// <summary>What does not fit into a read is there for the next.</summary>
    public override SimTask<FileBytes> ReadAsync(long offset, int count)
    {
        if (_page.Length == 0 && isFirstCpu)
        {
            _page = instance.TakePage();
        }

        if (_page.Length == 0)
        {
            return FileBytes.Of(Errno.EAGAIN);
        }

        ReadOnlyMemory<byte> bytes = _page.AsMemory(0, Math.Min(count, _page.Length));
        _page = _page[bytes.Length..];
        return FileBytes.Of(bytes);
    }
}
