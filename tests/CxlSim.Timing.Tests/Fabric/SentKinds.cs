using CxlSim.Engine;

namespace CxlSim.Timing.Tests.Fabric;

/// <summary>In which order accesses leave their host: R for a read, W for a write.</summary>
internal sealed class SentKinds : IAccessWatch, IAccessOwner
{
    private readonly Dictionary<int, AccessKind> _waiting = [];

    public string Order { get; private set; } = "";

    public void OnIssued(int number, AccessKind kind, MemoryRoute route) => _waiting.Add(number, kind);

    public void OnSent(int number, SimTime came, SimTime gone, SimTime there)
    {
        if (_waiting.Remove(number, out AccessKind kind))
        {
            Order += kind == AccessKind.Read ? 'R' : 'W';
        }
    }

    public void OnServed(int number, SimTime done, SimTime answered)
    {
    }

    public void OnDone(int number)
    {
    }

    public void OnDone(AccessKind kind, SimDuration latency)
    {
    }
}
