using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Fuse.Native;

namespace CxlSim.Fuse;

/// <summary>Takes requests from the host's kernel until the mount is gone, or until it is told to end.</summary>
internal static unsafe class RequestLoop
{
    /// <param name="session">Of libfuse.</param>
    /// <param name="end">Ends the loop when it is hung up: the mount itself goes on as long as anybody is in it.</param>
    public static void Run(nint session, SafeHandle end)
    {
        CallersProcessor processor = new();
        FuseBuffer buffer = default;
        PollDescriptor* watched = stackalloc PollDescriptor[2];
        watched[0] = new PollDescriptor { Descriptor = LibFuse.Descriptor(session), Events = PollDescriptor.Readable };
        watched[1] = new PollDescriptor { Descriptor = (int)end.DangerousGetHandle(), Events = PollDescriptor.Readable };
        while (true)
        {
            int ready = LibC.Poll(watched, 2, -1);
            if (ready < 0 && Marshal.GetLastPInvokeError() == (int)Errno.EINTR)
            {
                continue;
            }

            if (ready < 0 || watched[1].Returned != 0)
            {
                break;
            }

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
