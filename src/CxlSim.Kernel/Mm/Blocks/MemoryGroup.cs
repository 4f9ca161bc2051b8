namespace CxlSim.Kernel;

/// <summary>Memory that a driver adds for one device, for policies that look at the whole of it (<c>drivers/base/memory.c</c>, struct memory_group, static).</summary>
/// <param name="maxPages">All that the device will add.</param>
public sealed class MemoryGroup(ulong maxPages)
{
    public ulong MaxPages => maxPages;
}
