using CxlSim.Core;
using CxlSim.Engine;

namespace CxlSim.Session.Tests;

/// <summary>Throws in the middle of an event, as a broken rule of the model would.</summary>
internal sealed class BrokenRule(Func<TraceRecord, bool> isIt) : ITraceSink
{
    public void Record(SimTime time, long eventNumber, TraceRecord record)
    {
        if (isIt(record))
        {
            throw new SimulatorBugException("a rule that holds");
        }
    }
}
