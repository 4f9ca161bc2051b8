namespace CxlSim.Engine;

/// <summary>One level of a simulated thread's stack: the function as the kernel names it, and the object it works on.</summary>
public readonly record struct SimFrame(string Function, string Subject);
