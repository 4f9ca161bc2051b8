using System.Runtime.CompilerServices;
using CxlSim.Engine;

namespace CxlSim.Benchmarks;

/// <summary>Does nothing, so that a benchmark sees the queue and a call.</summary>
internal sealed class IdleHandler : SimHandler
{
    /// <summary>As the loop calls it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Run(ulong argument) => Handle(argument);

    protected override void Handle(ulong argument)
    {
    }
}
