namespace CxlSim.Engine;

/// <summary>Waits for a <see cref="SimTask"/> of the same simulated thread.</summary>
public readonly struct SimTaskAwaiter(SimTask task) : ISimAwaiter
{
    public bool IsCompleted => task.IsCompleted;

    public void GetResult() => task.ThrowIfFailed();

    public void Suspend(ISimContinuation continuation) => task.ContinueWith(continuation);
}

/// <summary>Waits for a <see cref="SimTask{T}"/> of the same simulated thread.</summary>
public readonly struct SimTaskAwaiter<T>(SimTask<T> task) : ISimAwaiter
{
    public bool IsCompleted => task.IsCompleted;

    public T GetResult()
    {
        task.ThrowIfFailed();
        return task.Result;
    }

    public void Suspend(ISimContinuation continuation) => task.ContinueWith(continuation);
}
