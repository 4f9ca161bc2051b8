using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using CxlSim.Engine.Internals;

namespace CxlSim.Engine;

/// <summary>The work of a simulated thread, written as an <c>async</c> method. It continues only when a queue event lets it.</summary>
[AsyncMethodBuilder(typeof(SimTaskMethodBuilder))]
public class SimTask
{
    /// <summary>Work that is done already.</summary>
    public static readonly SimTask CompletedTask = CreateCompleted();

    private ISimContinuation? _continuation;
    private ExceptionDispatchInfo? _exception;

    /// <summary>Whether it is done, or has failed.</summary>
    public bool IsCompleted { get; private set; }

    /// <summary>Called by <c>await</c>.</summary>
    public SimTaskAwaiter GetAwaiter() => new(this);

    internal void Complete()
    {
        IsCompleted = true;
        _continuation?.Resume();
    }

    internal void Fail(Exception exception)
    {
        _exception = ExceptionDispatchInfo.Capture(exception);
        Complete();
    }

    internal void ContinueWith(ISimContinuation continuation)
    {
        if (_continuation is not null)
        {
            throw Bug.Of("one thread at the most to wait for a task");
        }

        _continuation = continuation;
    }

    internal void ThrowIfFailed() => _exception?.Throw();

    private static SimTask CreateCompleted()
    {
        SimTask task = new();
        task.Complete();
        return task;
    }
}
