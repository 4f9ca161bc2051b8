using CxlSim.Engine;

namespace CxlSim.Views.Tests;

public class TrackLanesTests
{
    /// <summary>As many lanes as overlap at a time, and no more; what begins when another ends goes behind it.</summary>
    [Fact]
    public void Slices_ThatOverlap_HaveLanesOfTheirOwn()
    {
        IReadOnlyList<TrackThread> lanes = TrackLanes.Of("x", [Slice(20, 30), Slice(0, 10), Slice(5, 20), Slice(10, 12), Slice(11, 40)]);

        lanes.Select(lane => (lane.Name, string.Join(' ', lane.Slices.Select(slice => slice.Name)))).Should().Equal(("x", "0-10 10-12 20-30"), ("x 2", "5-20"), ("x 3", "11-40"));
    }

    private static TrackSlice Slice(long start, long end) => new($"{start}-{end}", new SimTime(start), new SimTime(end));
}
