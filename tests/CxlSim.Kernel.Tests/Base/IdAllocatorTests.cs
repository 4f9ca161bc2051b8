namespace CxlSim.Kernel.Tests;

/// <summary>Numbers of regions, ports and memdevs.</summary>
public sealed class IdAllocatorTests
{
    [Fact]
    public void Allocate_TakesTheLowestFreeNumber()
    {
        IdAllocator ids = new();
        int[] first = [ids.Allocate(), ids.Allocate(), ids.Allocate()];
        ids.Free(2);
        ids.Free(0);

        first.Should().Equal(0, 1, 2);
        new[] { ids.Allocate(), ids.Allocate(), ids.Allocate() }.Should().Equal(0, 2, 3);
    }
}
