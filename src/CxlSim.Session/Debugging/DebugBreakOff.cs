namespace CxlSim.Session;

/// <summary>Leaves a step of the platform file in the middle: the machine stays where it is, and goes on in a run of its own. Never seen by users.</summary>
internal sealed class DebugBreakOff() : Exception("a step was left in the middle");
