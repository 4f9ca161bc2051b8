using System.Runtime.ExceptionServices;

namespace CxlSim.Session;

/// <summary>Ordinary code that waits for the machine, left in the middle and gone on with. It has a thread of its own; only one of the two ever runs.</summary>
internal sealed class DebugAct(Action body)
{
    private readonly SemaphoreSlim _goesOn = new(0);
    private readonly SemaphoreSlim _stands = new(0);
    private Thread? _thread;
    private Exception? _failure;
    private bool _isGivenUp;

    /// <summary>It has come to its end, or to an exception.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Begins or goes on, until it pauses or ends. Throws what the code throws.</summary>
    public void Resume()
    {
        if (_thread is null)
        {
            _thread = new Thread(Run) { IsBackground = true, Name = nameof(DebugAct) };
            _thread.Start();
        }
        else
        {
            _goesOn.Release();
        }

        _stands.Wait();
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Called by the code: stands until <see cref="Resume"/>.</summary>
    public void Pause()
    {
        _stands.Release();
        _goesOn.Wait();
        if (_isGivenUp)
        {
            throw new DebugBreakOff();
        }
    }

    /// <summary>Nobody wants the rest: its thread ends.</summary>
    public void GiveUp()
    {
        _isGivenUp = true;
        Resume();
    }

    private void Run()
    {
        try
        {
            body();
        }
        catch (DebugBreakOff)
        {
            // left for good
        }
        catch (Exception failure)
        {
            _failure = failure; // belongs to whoever resumed it
        }

        IsDone = true;
        _stands.Release();
    }
}
