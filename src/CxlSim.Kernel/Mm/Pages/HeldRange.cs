namespace CxlSim.Kernel;

/// <summary>Pages that are in use: where they lie, and what for.</summary>
public readonly record struct HeldRange(NumaNode Node, Zone Zone, PageRange Pages, PageUse Use);
