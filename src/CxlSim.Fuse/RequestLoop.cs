using System.Diagnostics;
using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Fuse.Native;

namespace CxlSim.Fuse;

/// <summary>Takes requests from the host's kernel until the mount is gone.</summary>
/// <remarks>A program asks many small questions in a row. Waking a thread for each takes longer than the answer, so the loop looks for the next one for
/// a moment before it sleeps.</remarks>
internal static unsafe class RequestLoop
{
    /// <summary>Some times what a program needs between two questions.</summary>
    private static readonly long Patience = Stopwatch.Frequency / 5000;

    public static void Run(nint session)
    {
        PollDescriptor device = new() { Descriptor = LibFuse.DescriptorOf(session), Events = PollDescriptor.Readable };
        _ = LibC.FileControl(device.Descriptor, LibC.SetFlags, LibC.NonBlocking | LibC.ReadWrite);
        FuseBuffer buffer = default;
        long last = Stopwatch.GetTimestamp();
        while (LibFuse.HasExited(session) == 0)
        {
            int received = LibFuse.Receive(session, &buffer);
            if (received > 0)
            {
                LibFuse.Process(session, &buffer);
                last = Stopwatch.GetTimestamp();
            }
            else if (received is not (-(int)Errno.EAGAIN) and not (-(int)Errno.EINTR))
            {
                break; // unmounted
            }
            else if (Stopwatch.GetTimestamp() - last > Patience)
            {
                _ = LibC.Poll(&device, 1, -1);
            }
        }

        NativeMemory.Free(buffer.Memory);
    }
}
