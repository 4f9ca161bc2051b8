using System.Collections.Concurrent;

namespace CxlSim.Engine;

/// <summary>The one door for everything outside the loop: any thread may post, only the loop takes out.</summary>
public sealed class Inbox
{
    private readonly ConcurrentQueue<Request> _requests = new();

    public bool IsEmpty => _requests.IsEmpty;

    public void Post(Request request) => _requests.Enqueue(request);

    internal bool TryTake(out Request? request) => _requests.TryDequeue(out request);
}
