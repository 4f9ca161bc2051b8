using System.Runtime.CompilerServices;

namespace CxlSim.Engine;

/// <summary>What the compiler calls for an <c>async SimTask</c> method.</summary>
/// <remarks>The constraint on awaiters is the point: only engine things can be awaited. The state machine is boxed once, at the first real wait.</remarks>
public struct SimTaskMethodBuilder
{
    private SimTask? _task;

    /// <summary>The work that the method stands for.</summary>
    public SimTask Task => _task ??= new SimTask();

    /// <summary>Called by code of the compiler.</summary>
    public static SimTaskMethodBuilder Create() => default;

    /// <summary>Called by code of the compiler.</summary>
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Called by code of the compiler.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>Called by code of the compiler.</summary>
    public void SetResult()
    {
        if (_task is null)
        {
            _task = SimTask.CompletedTask;
        }
        else
        {
            _task.Complete();
        }
    }

    /// <summary>Called by code of the compiler.</summary>
    public void SetException(Exception exception) => Task.Fail(exception);

    /// <summary>Called by code of the compiler.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ISimAwaiter
        where TStateMachine : IAsyncStateMachine => AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);

    /// <summary>Called by code of the compiler.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ISimAwaiter
        where TStateMachine : IAsyncStateMachine
    {
        if (_task is not Box<TStateMachine> box)
        {
            box = new Box<TStateMachine>();
            _task = box; // before the copy: the copy must know its own task
            box.StateMachine = stateMachine;
        }

        awaiter.Suspend(box);
    }

    private sealed class Box<TStateMachine> : SimTask, ISimContinuation
        where TStateMachine : IAsyncStateMachine
    {
        public TStateMachine StateMachine = default!;

        public void Resume() => StateMachine.MoveNext();
    }
}
