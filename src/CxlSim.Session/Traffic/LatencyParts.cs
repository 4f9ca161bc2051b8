using CxlSim.Timing;

namespace CxlSim.Session;

/// <summary>Where reads spend their time, from the host down and up again.</summary>
internal static class LatencyParts
{
    public static IReadOnlyList<LatencyPart> Of(TrafficRun run, long reads)
    {
        List<LatencyPart> parts = [];
        if (reads == 0)
        {
            return parts;
        }

        foreach (LinkLoad load in run.Links.Where(load => load.Link.Down.WithoutData.Count > 0))
        {
            LinkParameters link = load.Link.Parameters;
            Add(link.Name, "down: queue and wire", load.Link.Down.WithoutData);
            Fixed(link.Name, "down: ports, propagation", load.Link.Down.WithoutData.Count, link.Latency.Picoseconds / 1e3);
            Fixed(link.Name, "down: through the switch", load.Link.Down.WithoutData.Count, link.Below.Picoseconds / 1e3);
        }

        foreach (MemoryEnd memory in run.Machine.Memories.Where(memory => memory.Reads.Count > 0))
        {
            Add(memory.Name, "media, with their queue", memory.Reads);
            Fixed(memory.Name, "controller", memory.Reads.Count, memory.Controller.Picoseconds / 1e3);
        }

        foreach (LinkLoad load in run.Links.Where(load => load.Link.Up.WithData.Count > 0).Reverse())
        {
            LinkParameters link = load.Link.Parameters;
            Add(link.Name, "up: queue and wire", load.Link.Up.WithData);
            Fixed(link.Name, "up: ports, propagation", load.Link.Up.WithData.Count, link.Latency.Picoseconds / 1e3);
            Fixed(link.Name, link.IsHost ? "up: through the host" : "up: through the switch", load.Link.Up.WithData.Count, link.Above.Picoseconds / 1e3);
        }

        return parts;

        void Add(string where, string what, LatencyHistogram times) => parts.Add(new LatencyPart(where, what, times, times.MeanNs, times.MeanNs * times.Count / reads));

        void Fixed(string where, string what, long count, double ns)
        {
            if (ns > 0)
            {
                parts.Add(new LatencyPart(where, what, null, ns, ns * count / reads));
            }
        }
    }
}
