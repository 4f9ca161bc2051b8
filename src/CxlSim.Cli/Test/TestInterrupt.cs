using System.Runtime.InteropServices;

namespace CxlSim.Cli;

/// <summary>Ctrl-C, or what a CI system sends at the end of its time: no further case begins, and those that run end, so that no file is left half-written. A second one ends the program at once.</summary>
internal sealed class TestInterrupt : IDisposable
{
    private readonly PosixSignalRegistration[] _signals;
    private volatile bool _isAsked;

    public TestInterrupt() => _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Ask))];

    public bool IsAsked => _isAsked;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void Ask(PosixSignalContext context)
    {
        context.Cancel = !_isAsked;
        _isAsked = true;
    }
}
