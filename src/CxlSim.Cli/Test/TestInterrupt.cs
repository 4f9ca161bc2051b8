using System.Runtime.InteropServices;

namespace CxlSim.Cli;

/// <summary>Ctrl-C, or what a CI system sends at the end of its time: no further case begins, and those that run end, so that their recordings are whole. A second one ends the program at once.</summary>
internal sealed class TestInterrupt : IDisposable
{
    private readonly IDisposable _signals;
    private volatile bool _isAsked;

    public TestInterrupt() => _signals = Interrupt.TakeOver(Ask);

    public bool IsAsked => _isAsked;

    /// <summary>Which it was; only where one came.</summary>
    public PosixSignal Signal { get; private set; }

    public void Dispose() => _signals.Dispose();

    private bool Ask(PosixSignal signal)
    {
        bool isFirst = !_isAsked;
        Signal = signal;
        _isAsked = true;
        return isFirst;
    }
}
