namespace CxlSim.Timing;

/// <summary>What is done to a line of memory.</summary>
public enum AccessKind
{
    Read,
    Write,
}
