namespace CxlSim.Session;

/// <summary>Ends code that stands in the middle and that nobody wants to go on. Never seen by users.</summary>
internal sealed class DebugBreakOff() : Exception("a step was left in the middle");
