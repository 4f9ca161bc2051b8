using CxlSim.Engine;
using CxlSim.Kernel;

namespace CxlSim.Session;

/// <summary>A booted machine that serves requests from many threads: one thread of its own runs the loop, everybody else waits.</summary>
/// <remarks>Between requests virtual time jumps to the end of what they set off, so that a caller finds the model at rest.</remarks>
public sealed class LiveMachine : IDisposable
{
    private readonly MachineSession _session;
    private readonly SemaphoreSlim _work = new(0);
    private readonly Thread _loop;
    private volatile bool _stopping;

    public LiveMachine(MachineSession session)
    {
        _session = session;
        _loop = new Thread(Serve) { IsBackground = true, Name = "simulation" };
        _loop.Start();
    }

    /// <summary>Whatever broke the loop; null while it runs.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Does something to the kernel in the loop and gives its answer.</summary>
    public T Do<T>(string description, Func<LinuxKernel, SimTask<T>> work)
    {
        ModelRequest<T> request = new(description, () => work(_session.Kernel));
        _session.Machine.Simulation.Inbox.Post(request);
        _work.Release();
        return request.Wait();
    }

    /// <summary>Looks at the kernel in the loop; takes no virtual time.</summary>
    public T Look<T>(string description, Func<LinuxKernel, T> look) => Do(description, kernel =>
    {
        SimTask<T> result = look(kernel);
        return result;
    });

    public void Dispose()
    {
        _stopping = true;
        _work.Release();
        _loop.Join();
        _work.Dispose();
    }

    private void Serve()
    {
        try
        {
            while (!_stopping)
            {
                _work.Wait();
                _session.Machine.Simulation.RunUntilIdle();
            }
        }
        catch (Exception failure)
        {
            Failure = failure;
            throw;
        }
    }
}
