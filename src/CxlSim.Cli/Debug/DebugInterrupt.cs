using System.Runtime.InteropServices;

namespace CxlSim.Cli;

/// <summary>Ctrl-C while the machine runs: it is asked to stop, and the program goes on. Other signals end it as ever.</summary>
internal sealed class DebugInterrupt : IDisposable
{
    private readonly IDisposable _signals;

    /// <summary>Set by the thread that handles signals.</summary>
    private volatile bool _isAsked;

    public DebugInterrupt() => _signals = Interrupt.TakeOver(signal => signal == PosixSignal.SIGINT && (_isAsked = true));

    public bool IsAsked => _isAsked;

    /// <summary>A new command begins: what was asked of the last one is over.</summary>
    public void Reset() => _isAsked = false;

    public void Dispose() => _signals.Dispose();
}
