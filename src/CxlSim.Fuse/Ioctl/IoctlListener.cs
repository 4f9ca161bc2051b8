using System.IO.Pipes;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using CxlSim.Core;
using CxlSim.Fuse.Native;
using CxlSim.Session;
using Microsoft.Win32.SafeHandles;

namespace CxlSim.Fuse;

/// <summary>Answers the mailbox ioctls of a command and of all that it starts (<c>seccomp_unotify(2)</c>).</summary>
/// <remarks>A memdev's node is one of a harmless device of the host, so that it can be opened. Its ioctls are stopped by a filter that processes
/// inherit, and are served here; a file that is no memdev's is left to the host's kernel.</remarks>
public sealed unsafe class IoctlListener
{
    private readonly SafeFileHandle _listener;
    private readonly MemdevCalls _calls;
    private readonly Func<int, int, string?> _memdevOf;

    private IoctlListener(SafeFileHandle listener, LiveMachine machine, Func<int, int, string?> memdevOf)
    {
        _listener = listener;
        _calls = new MemdevCalls(machine);
        _memdevOf = memdevOf;
    }

    /// <summary>Runs something that starts a process and waits for it, on a thread of its own: a process inherits the filter of the thread that starts it.</summary>
    /// <remarks>Where the host does not allow filters the command runs all the same, and its mailbox ioctls fail with ENOTTY.</remarks>
    public static int Run(LiveMachine machine, Func<int> startAndWait) => Run(machine, startAndWait, TargetFile.MemdevOf);

    /// <param name="machine">Whose memdevs answer.</param>
    /// <param name="startAndWait">Starts on the thread that it is called on.</param>
    /// <param name="memdevOf">The memdev that a task's open file is; null for none.</param>
    internal static int Run(LiveMachine machine, Func<int> startAndWait, Func<int, int, string?> memdevOf)
    {
        using AnonymousPipeServerStream end = new(PipeDirection.In, HandleInheritability.None);
        using ManualResetEventSlim ready = new();
        SafeFileHandle? listener = null;
        ExceptionDispatchInfo? failure = null;
        int result = 0;
        Thread starter = new(() =>
        {
            try
            {
                listener = SeccompFilter.Install();
                ready.Set();
                result = startAndWait();
            }
            catch (Exception error)
            {
                failure = ExceptionDispatchInfo.Capture(error);
            }
            finally
            {
                ready.Set();
                end.DisposeLocalCopyOfClientHandle(); // hangs the pipe up
            }
        }) { IsBackground = true, Name = "command" };
        starter.Start();
        ready.Wait();
        using (listener)
        {
            if (listener is not null)
            {
                new IoctlListener(listener, machine, memdevOf).Serve(end.SafePipeHandle);
            }
        }

        starter.Join();
        failure?.Throw();
        return result;
    }

    /// <summary>Until the command has ended; what it may have left behind then finds no mailbox any more.</summary>
    private void Serve(SafeHandle end)
    {
        PollDescriptor* watched = stackalloc PollDescriptor[2];
        watched[0] = new PollDescriptor { Descriptor = (int)_listener.DangerousGetHandle(), Events = PollDescriptor.Readable };
        watched[1] = new PollDescriptor { Descriptor = (int)end.DangerousGetHandle(), Events = PollDescriptor.Readable };
        while (true)
        {
            if (LibC.Poll(watched, 2, -1) < 0)
            {
                if (Marshal.GetLastPInvokeError() == (int)Errno.EINTR)
                {
                    continue;
                }

                return;
            }

            if (watched[1].Returned != 0 || (watched[0].Returned & PollDescriptor.Readable) == 0)
            {
                return; // the command ended, or nobody is left who has the filter
            }

            ServeOne();
        }
    }

    private void ServeOne()
    {
        SeccompNotification call;
        NativeMemory.Clear(&call, (nuint)sizeof(SeccompNotification));
        if (Control(SeccompNotification.Receive, &call) != 0)
        {
            return; // killed while it waited
        }

        SeccompResponse response = new() { Id = call.Id };
        if (_memdevOf(call.Task, unchecked((int)call.Argument0)) is { } name)
        {
            response.Error = -(int)Answer(name, call);
        }
        else
        {
            response.Flags = SeccompResponse.Continue;
        }

        Control(SeccompResponse.Send, &response); // nobody may be there to take it
    }

    private Errno Answer(string name, SeccompNotification call)
    {
        using TargetMemory? memory = TargetMemory.Open(call.Task);
        ulong id = call.Id;
        if (memory is null || Control(SeccompNotification.IsStillWaiting, &id) != 0)
        {
            return Errno.EFAULT; // another process may have its number by now: nothing of it is touched
        }

        try
        {
            return _calls.Serve(name, Bits.Low32(call.Argument1), memory, call.Argument2);
        }
        catch (IOException)
        {
            return Errno.EIO; // its kernel went away while it waited
        }
    }

    private int Control(nuint request, void* argument) => LibC.Ioctl(_listener.DangerousGetHandle(), request, argument);
}
