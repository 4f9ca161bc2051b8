namespace CxlSim.Kernel;

/// <summary>How trace events name a memdev (<c>drivers/cxl/core/trace.h</c>).</summary>
/// <param name="Name"><c>mem0</c>.</param>
/// <param name="Host">The device that it is the CXL side of.</param>
/// <param name="Serial">All devices have one, if only zero.</param>
internal sealed record TracedMemdev(string Name, string Host, ulong Serial);
