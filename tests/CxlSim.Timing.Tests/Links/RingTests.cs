namespace CxlSim.Timing.Tests.Links;

public class RingTests
{
    /// <summary>It grows when what came first stands in its middle, and nothing is lost or passed.</summary>
    [Fact]
    public void WhatCameFirst_GoesFirst_HoweverMuchComes()
    {
        Ring<int> ring = new();
        int next = 0;
        for (int i = 0; i < 100; i++)
        {
            ring.Enqueue(i);
            if (i % 3 == 0)
            {
                ring.Dequeue().Should().Be(next++);
            }
        }

        ring.Count.Should().Be(100 - next);
        while (ring.Count > 0)
        {
            ring.First.Should().Be(next);
            ring.Dequeue().Should().Be(next++);
        }

        next.Should().Be(100);
    }
}
