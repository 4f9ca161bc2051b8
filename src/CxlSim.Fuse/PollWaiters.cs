using CxlSim.Fuse.Native;
using CxlSim.Session;

namespace CxlSim.Fuse;

/// <summary>Who polls which open file, and what they were told. All in the loop.</summary>
internal sealed unsafe class PollWaiters
{
    private readonly Dictionary<ulong, (OpenedFile File, nint Poll, PollEvents Told)> _waiters = [];

    /// <summary>Answers a poll, and remembers who wants to hear of a change; <paramref name="poll"/> is zero where nobody does.</summary>
    public void Answer(nint request, ulong handle, OpenedFile file, nint poll)
    {
        PollEvents events = file.Poll();
        if (poll != 0)
        {
            Forget(handle);
            _waiters.Add(handle, (file, poll, events));
        }

        LibFuse.ReplyPoll(request, (uint)events);
    }

    /// <summary>Wakes those whose file has something new; the host's kernel then asks again.</summary>
    /// <param name="isOpen">Whether a handle is still in use.</param>
    public void Tell(Func<ulong, bool> isOpen)
    {
        if (_waiters.Count == 0)
        {
            return;
        }

        foreach ((ulong handle, (OpenedFile file, nint poll, PollEvents told)) in _waiters.ToArray())
        {
            if (!isOpen(handle))
            {
                Forget(handle);
            }
            else if (file.Poll() != told)
            {
                LibFuse.NotifyPoll(poll);
                Forget(handle);
            }
        }
    }

    private void Forget(ulong handle)
    {
        if (_waiters.Remove(handle, out (OpenedFile File, nint Poll, PollEvents Told) waiter))
        {
            LibFuse.DestroyPoll(waiter.Poll);
        }
    }
}
