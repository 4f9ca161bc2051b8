namespace CxlSim.Engine;

/// <summary>Waits for a <see cref="SimTask"/> of the same simulated thread.</summary>
public readonly struct SimTaskAwaiter(SimTask task) : ISimAwaiter
{
    /// <summary>Whether there is nothing to wait for.</summary>
    public bool IsCompleted => task.IsCompleted;

    /// <summary>Called by <c>await</c> when the wait is over; throws what the work threw.</summary>
    public void GetResult() => task.ThrowIfFailed();

    /// <summary>Called by <c>await</c> where there is something to wait for.</summary>
    public void Suspend(ISimContinuation continuation) => task.ContinueWith(continuation);
}

/// <summary>Waits for a <see cref="SimTask{T}"/> of the same simulated thread.</summary>
public readonly struct SimTaskAwaiter<T>(SimTask<T> task) : ISimAwaiter
{
    /// <summary>Whether there is nothing to wait for.</summary>
    public bool IsCompleted => task.IsCompleted;

    /// <summary>Called by <c>await</c> when the wait is over; throws what the work threw.</summary>
    public T GetResult()
    {
        task.ThrowIfFailed();
        return task.Result;
    }

    /// <summary>Called by <c>await</c> where there is something to wait for.</summary>
    public void Suspend(ISimContinuation continuation) => task.ContinueWith(continuation);
}
