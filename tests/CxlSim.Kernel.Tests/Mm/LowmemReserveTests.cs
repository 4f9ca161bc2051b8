namespace CxlSim.Kernel.Tests;

/// <summary>What zones keep from requests for higher zones; figures of the recording 10-soft-reserved/plain/01-created.</summary>
public sealed class LowmemReserveTests
{
    private readonly NumaNode _node = Given.Booted("memory: {nodes: [{pxm: 0, size: 4GiB, cpus: 1}]}").Kernel.Numa.Node(0);

    [Fact]
    public void HigherZones_AddUp_AndAreDividedByTheRatio()
    {
        Keep(ZoneType.Dma, 3592);
        Keep(ZoneType.Dma32, 492940);
        Keep(ZoneType.Normal, 496721);

        Reserve(ZoneType.Dma).Should().Equal(0, 1925, 3865, 3865, 3865);
        Reserve(ZoneType.Dma32).Should().Equal(0, 0, 1940, 1940, 1940);
        Reserve(ZoneType.Normal).Should().Equal(0, 0, 0, 0, 0);
        Reserve(ZoneType.Movable).Should().Equal(0, 0, 0, 0, 0);
    }

    [Fact]
    public void MovableMemory_IsReservedForInNormal()
    {
        _node.Zone(ZoneType.Movable).AddPages(new PageRange(0, 32768), 32768);

        Reserve(ZoneType.Normal)[(int)ZoneType.Movable].Should().Be(1024, "a 32nd");
    }

    /// <summary>The kernel holds the rest of a zone: it is present, but the allocator has it not.</summary>
    private void Keep(ZoneType type, ulong managed)
    {
        Zone zone = _node.Zone(type);
        zone.RemovePages(new PageRange(zone.StartPfn + 1, 0), zone.ManagedPages - managed);
    }

    private IReadOnlyList<ulong> Reserve(ZoneType type) => LowmemReserve.Of(_node, _node.Zone(type));
}
