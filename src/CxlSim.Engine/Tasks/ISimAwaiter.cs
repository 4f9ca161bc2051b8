using System.Runtime.CompilerServices;

namespace CxlSim.Engine;

/// <summary>What a simulated thread may wait for. The method builder accepts nothing else, so <c>await</c> on a .NET task does not compile.</summary>
public interface ISimAwaiter : ICriticalNotifyCompletion
{
    /// <summary>Keeps the rest of the method until what it waits for has come.</summary>
    void Suspend(ISimContinuation continuation);

    void INotifyCompletion.OnCompleted(Action continuation) => throw new NotSupportedException("only simulated threads wait for simulated events");

    void ICriticalNotifyCompletion.UnsafeOnCompleted(Action continuation) => throw new NotSupportedException("only simulated threads wait for simulated events");
}
