namespace CxlSim.Core;

/// <summary>The simulator broke a rule of its own. The CLI prints how to reproduce it and ends with exit code 70.</summary>
public sealed class SimulatorBugException(string expectation) : Exception("expected " + expectation)
{
}
