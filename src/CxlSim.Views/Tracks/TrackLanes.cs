using CxlSim.Engine;

namespace CxlSim.Views;

/// <summary>Spreads slices that overlap over as few threads as hold them.</summary>
public static class TrackLanes
{
    /// <param name="name">Of the first thread; others have a number behind it.</param>
    /// <param name="slices">In any order.</param>
    public static IReadOnlyList<TrackThread> Of(string name, IEnumerable<TrackSlice> slices)
    {
        List<List<TrackSlice>> lanes = [];
        PriorityQueue<int, (SimTime End, int Lane)> ends = new();
        foreach (TrackSlice slice in slices.OrderBy(slice => slice.Start))
        {
            bool isFree = ends.TryPeek(out int lane, out (SimTime End, int Lane) first) && first.End <= slice.Start;
            if (isFree)
            {
                ends.Dequeue();
            }
            else
            {
                lane = lanes.Count;
                lanes.Add([]);
            }

            lanes[lane].Add(slice);
            ends.Enqueue(lane, (slice.End, lane));
        }

        return [.. lanes.Select((found, index) => new TrackThread(index == 0 ? name : $"{name} {index + 1}", found, []))];
    }
}
