namespace CxlSim.Cli;

/// <summary>Ctrl-C while the machine runs: it is asked to stop, and the program goes on.</summary>
internal sealed class DebugInterrupt : IDisposable
{
    /// <summary>Set by the thread that handles signals.</summary>
    private volatile bool _isAsked;

    public DebugInterrupt() => Console.CancelKeyPress += Ask;

    public bool IsAsked => _isAsked;

    /// <summary>A new command begins: what was asked of the last one is over.</summary>
    public void Reset() => _isAsked = false;

    public void Dispose() => Console.CancelKeyPress -= Ask;

    /// <summary>Ctrl-\ ends the program as ever.</summary>
    private void Ask(object? sender, ConsoleCancelEventArgs pressed)
    {
        _isAsked = pressed.Cancel = pressed.SpecialKey == ConsoleSpecialKey.ControlC;
    }
}
