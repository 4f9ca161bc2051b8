using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Fuse.Native;

namespace CxlSim.Fuse;

/// <summary>Takes requests from the host's kernel until the mount is gone.</summary>
internal static unsafe class RequestLoop
{
    public static void Run(nint session)
    {
        CallersProcessor processor = new();
        FuseBuffer buffer = default;
        while (LibFuse.HasExited(session) == 0)
        {
            int received = LibFuse.Receive(session, &buffer);
            if (received > 0)
            {
                processor.Follow(((RequestHeader*)buffer.Memory)->Process);
                LibFuse.Process(session, &buffer);
            }
            else if (received != -(int)Errno.EINTR)
            {
                break; // unmounted
            }
        }

        NativeMemory.Free(buffer.Memory);
    }
}
