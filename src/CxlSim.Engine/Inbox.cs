using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CxlSim.Engine;

/// <summary>The one door for everything outside the loop: any thread may post, only the loop takes out.</summary>
public sealed class Inbox
{
    private readonly ConcurrentQueue<Request> _requests = new();

    /// <summary>How many; to look at it costs less than to ask the queue, and the loop looks before every event.</summary>
    private volatile int _waiting;

    /// <summary>Whether nothing waits to be taken up.</summary>
    public bool IsEmpty => _waiting == 0;

    /// <summary>Hands a request in; the loop takes it up before its next event. From any thread.</summary>
    public void Post(Request request)
    {
        _requests.Enqueue(request);
        Interlocked.Increment(ref _waiting);
    }

    internal bool TryTake([NotNullWhen(true)] out Request? request)
    {
        request = null;
        if (_waiting == 0 || !_requests.TryDequeue(out request))
        {
            return false;
        }

        Interlocked.Decrement(ref _waiting);
        return true;
    }
}
