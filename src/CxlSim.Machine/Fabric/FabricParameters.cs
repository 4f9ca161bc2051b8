using CxlSim.Engine;
using CxlSim.Platform;
using CxlSim.Timing;

namespace CxlSim.Machine;

/// <summary>From what a platform file says of speed to the parameters of the path in time.</summary>
internal static class FabricParameters
{
    /// <summary>Where all parameters of a way to DRAM are zero, traffic would go round for ever.</summary>
    private const double LeastDramNs = 1;

    private static readonly SimDuration Ample = SimDuration.Microseconds(10);

    /// <param name="name">For reports.</param>
    /// <param name="link">What the file says.</param>
    /// <param name="above">What the host or the switch above takes of an answer.</param>
    /// <param name="below">What a switch below takes of a request.</param>
    /// <param name="isHost">Whether a host stands above.</param>
    public static LinkParameters Of(string name, LinkDescription link, double above, double below, bool isHost)
    {
        LinkRate rate = new(link.Lanes, link.Rate, ModeOf(link.Flits), link.PacksHeaders);
        SimDuration egress = SimDuration.Nanoseconds(link.EgressNs);
        return new LinkParameters(name, rate.Cost)
        {
            Latency = SimDuration.Nanoseconds(link.LatencyNs + (link.Retimers * link.RetimerNs)) + rate.CheckTime,
            IsHost = isHost,
            Above = SimDuration.Nanoseconds(above),
            Below = SimDuration.Nanoseconds(below),
            DownstreamBuffer = egress,
            UpstreamBuffer = egress,
            Credits = new ChannelCredits(link.Credits.Req, link.Credits.RwD, link.Credits.Ndr, link.Credits.Drs),
        };
    }

    /// <summary>The fabric between a socket's cores and its own DRAM: never the limit.</summary>
    public static LinkParameters OfMesh(string name, HostPathDescription host) => new(name, MessageCost.OfTimes(0, 0, 0, 0))
    {
        Above = SimDuration.Nanoseconds(Math.Max(host.DramNs, LeastDramNs)),
        DownstreamBuffer = Ample,
        UpstreamBuffer = Ample,
    };

    /// <summary>The way from a socket to another: answers are what it is short of.</summary>
    public static LinkParameters OfSocketLink(string name, SocketLinkDescription link) => new(name, MessageCost.OfTimes(0, 0, Picoseconds(link.WriteEveryNs), Picoseconds(link.ReadEveryNs)))
    {
        Latency = SimDuration.Nanoseconds(link.LatencyNs),
        DownstreamBuffer = Ample,
        UpstreamBuffer = Ample,
    };

    public static MemoryEnd Of(string name, PathDescription path) =>
        new(name, SimDuration.Nanoseconds(path.ControllerNs), Of(path.Media), SimDuration.Nanoseconds(path.LineEveryNs));

    public static MemoryEnd OfDram(string name, HostPathDescription host) => new(name, SimDuration.Zero, Of(host.Dram), SimDuration.Nanoseconds(host.DramLineEveryNs));

    private static IMedia Of(MediaDescription media) => media.Kind switch
    {
        MediaKind.Fixed => new FixedMedia(SimDuration.Nanoseconds(media.ReadNs), SimDuration.Nanoseconds(media.WriteNs)),
        MediaKind.Ddr4At3200 => new DramMedia(DramTiming.Ddr4At3200, Geometry(media)),
        _ => new DramMedia(DramTiming.Ddr5At4800, Geometry(media)),
    };

    private static DramGeometry Geometry(MediaDescription media) => new(media.Channels, media.Ranks, media.ClosesRows, media.WriteBuffer);

    private static FlitMode ModeOf(FlitKind flits) => flits switch
    {
        FlitKind.Bytes68 => FlitMode.Flit68,
        FlitKind.Bytes256 => FlitMode.Flit256,
        _ => FlitMode.LatencyOptimized256,
    };

    private static int Picoseconds(double ns) => (int)SimDuration.Nanoseconds(Math.Min(ns, 1e6)).Picoseconds;
}
