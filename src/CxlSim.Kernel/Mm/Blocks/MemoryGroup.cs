namespace CxlSim.Kernel;

/// <summary>Memory that a driver adds for one device, for policies that look at the whole of it (<c>drivers/base/memory.c</c>, struct memory_group, static).</summary>
/// <param name="maxPages">All that the device will add.</param>
public sealed class MemoryGroup(ulong maxPages)
{
    public ulong MaxPages => maxPages;

    /// <summary>Pages of it that are online in Movable.</summary>
    public ulong MovablePages { get; private set; }

    /// <summary>Pages of it that are online in other zones.</summary>
    public ulong KernelPages { get; private set; }

    internal void Add(Zone zone, ulong pages) => Count(zone, (long)pages);

    internal void Remove(Zone zone, ulong pages) => Count(zone, -(long)pages);

    private void Count(Zone zone, long pages)
    {
        if (zone.Type == ZoneType.Movable)
        {
            MovablePages = (ulong)((long)MovablePages + pages);
        }
        else
        {
            KernelPages = (ulong)((long)KernelPages + pages);
        }
    }
}
