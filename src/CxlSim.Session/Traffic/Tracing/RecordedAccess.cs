using CxlSim.Engine;
using CxlSim.Timing;
using CxlSim.Views;

namespace CxlSim.Session;

/// <summary>An access that is followed on its way.</summary>
/// <param name="kind">What is done.</param>
/// <param name="route">Which way.</param>
/// <param name="issued">When it was issued.</param>
internal sealed class RecordedAccess(AccessKind kind, MemoryRoute route, SimTime issued)
{
    private readonly List<TrackSlice> _parts = [];
    private int _sent;

    /// <summary>When its answer was at the issuer; null while it is under way.</summary>
    public SimTime? Done { get; set; }

    public void Sent(SimTime came, SimTime sent, SimTime gone, SimTime there)
    {
        int links = route.Links.Count;
        bool isDown = _sent < links;
        string way = isDown ? "down" : "up";
        string link = route.Links[isDown ? _sent : (2 * links) - 1 - _sent].Parameters.Name;
        _sent++;
        Add($"{way}: queue", link, came, sent);
        Add($"{way}: wire", link, sent, gone);
        Add($"{way}: flight", link, gone, there);
    }

    public void Served(SimTime came, SimTime done, SimTime answered)
    {
        Add("media", route.Memory.Name, came, done);
        Add("controller", route.Memory.Name, done, answered);
    }

    public TrackSlice ToSlice(SimTime end) => new(kind == AccessKind.Read ? "read" : "write", issued, end)
    {
        Details = [("memory", route.Memory.Name), ("latency", (end - issued).ToString())],
        Parts = _parts,
    };

    private void Add(string what, string where, SimTime start, SimTime end)
    {
        if (end > start)
        {
            _parts.Add(new TrackSlice(what, start, end) { Details = [("where", where)] });
        }
    }
}
