using System.Runtime.CompilerServices;

namespace CxlSim.Engine;

/// <summary>What the compiler calls for an <c>async SimTask&lt;T&gt;</c> method; see <see cref="SimTaskMethodBuilder"/>.</summary>
public struct SimTaskMethodBuilder<T>
{
    private SimTask<T>? _task;

    public SimTask<T> Task => _task ??= new SimTask<T>();

    public static SimTaskMethodBuilder<T> Create() => default;

    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    public void SetResult(T result) => Task.Complete(result);

    public void SetException(Exception exception) => Task.Fail(exception);

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ISimAwaiter
        where TStateMachine : IAsyncStateMachine => AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);

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

    private sealed class Box<TStateMachine> : SimTask<T>, ISimContinuation
        where TStateMachine : IAsyncStateMachine
    {
        public TStateMachine StateMachine = default!;

        public void Resume() => StateMachine.MoveNext();
    }
}
