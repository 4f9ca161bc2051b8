using System.Runtime.CompilerServices;

namespace CxlSim.Engine;

/// <summary>A <see cref="SimTask"/> with a result.</summary>
[AsyncMethodBuilder(typeof(SimTaskMethodBuilder<>))]
public class SimTask<T> : SimTask
{
    internal T Result { get; private set; } = default!;

    /// <summary>A task that is done already, for methods that need not wait.</summary>
    public static implicit operator SimTask<T>(T result)
    {
        SimTask<T> task = new();
        task.Complete(result);
        return task;
    }

    /// <summary>Called by <c>await</c>.</summary>
    public new SimTaskAwaiter<T> GetAwaiter() => new(this);

    internal void Complete(T result)
    {
        Result = result;
        Complete();
    }
}
