using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>The wire has room again, or a credit is back.</summary>
internal sealed class LinkWaker(LinkQueue queue) : SimHandler
{
    protected override void Handle(ulong argument) => queue.WakeUp();
}
