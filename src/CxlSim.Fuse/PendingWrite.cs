using CxlSim.Core;
using CxlSim.Fuse.Native;
using CxlSim.Kernel;
using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>A write(2) that waits for its turn.</summary>
internal sealed record PendingWrite(nint Request, ulong Handle, OpenedFile File, byte[] Bytes, long Offset, TraceTask Caller)
{
    public static void Reply(nint request, int count, Errno error)
    {
        if (error == Errno.Ok)
        {
            LibFuse.ReplyWrite(request, (nuint)count);
        }
        else
        {
            LibFuse.ReplyError(request, (int)error);
        }
    }
}
