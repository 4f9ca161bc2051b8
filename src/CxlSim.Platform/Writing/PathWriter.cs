using CxlSim.Platform.Reading;

namespace CxlSim.Platform.Writing;

/// <summary>Writes <c>path:</c> of devices and switches, and the host's; null where all is as usual.</summary>
internal static class PathWriter
{
    public static string? Device(PathDescription path)
    {
        PathDescription known = PathProfiles.Of(path.Profile);
        return OrNull(new FlowMapping()
            .Add("profile", path.Profile, path.Profile != PathProfiles.Usual.Profile)
            .Add("link", Link(path.Link, known.Link))
            .Add("controller", Time(path.ControllerNs, known.ControllerNs))
            .Add("line_every", Time(path.LineEveryNs, known.LineEveryNs))
            .Add("media", Media(path.Media, known.Media)));
    }

    public static string? Switch(SwitchPathDescription path) => OrNull(new FlowMapping()
        .Add("link", Link(path.Link, SwitchPathDescription.Default.Link))
        .Add("hop", Time(path.HopNs, SwitchPathDescription.Default.HopNs)));

    public static string? Host(HostPathDescription host)
    {
        HostPathDescription known = HostPathDescription.Default;
        return OrNull(new FlowMapping()
            .Add("bridge", Time(host.BridgeNs, known.BridgeNs))
            .Add("dram", Media(host.Dram, known.Dram))
            .Add("dram_latency", Time(host.DramNs, known.DramNs))
            .Add("dram_line_every", Time(host.DramLineEveryNs, known.DramLineEveryNs))
            .Number("dram_core_reads", (ulong)host.DramCoreReads, (ulong)known.DramCoreReads)
            .Add("socket_link", SocketLink(host.SocketLink, known.SocketLink))
            .Add("core", Core(host.Core, known.Core)));
    }

    private static string? Link(LinkDescription link, LinkDescription known) => OrNull(new FlowMapping()
        .Number("lanes", (ulong)link.Lanes, (ulong)known.Lanes)
        .Number("rate", (ulong)link.Rate, (ulong)known.Rate)
        .Add("flits", LinkReader.Flits.First(flits => flits.Value == link.Flits).Word, link.Flits != known.Flits)
        .Add("packs_headers", link.PacksHeaders ? "true" : "false", link.PacksHeaders != known.PacksHeaders)
        .Add("latency", Time(link.LatencyNs, known.LatencyNs))
        .Number("retimers", (ulong)link.Retimers, (ulong)known.Retimers)
        .Add("retimer", Time(link.RetimerNs, known.RetimerNs))
        .Add("egress", Time(link.EgressNs, known.EgressNs))
        .Add("credits", Credits(link.Credits, known.Credits)));

    private static string? Credits(CreditsDescription credits, CreditsDescription known) => OrNull(new FlowMapping()
        .Number("req", (ulong)credits.Req, (ulong)known.Req)
        .Number("rwd", (ulong)credits.RwD, (ulong)known.RwD)
        .Number("ndr", (ulong)credits.Ndr, (ulong)known.Ndr)
        .Number("drs", (ulong)credits.Drs, (ulong)known.Drs));

    private static string? Media(MediaDescription media, MediaDescription known) => OrNull(new FlowMapping()
        .Add("kind", MediaReader.Kinds.First(kind => kind.Value == media.Kind).Word, media.Kind != known.Kind)
        .Add("read", Time(media.ReadNs, known.ReadNs))
        .Add("write", Time(media.WriteNs, known.WriteNs))
        .Number("channels", (ulong)media.Channels, (ulong)known.Channels)
        .Number("ranks", (ulong)media.Ranks, (ulong)known.Ranks)
        .Add("rows", media.ClosesRows ? "closed" : "open", media.ClosesRows != known.ClosesRows)
        .Number("write_buffer", (ulong)media.WriteBuffer, (ulong)known.WriteBuffer));

    private static string? SocketLink(SocketLinkDescription link, SocketLinkDescription known) => OrNull(new FlowMapping()
        .Add("latency", Time(link.LatencyNs, known.LatencyNs))
        .Add("read_every", Time(link.ReadEveryNs, known.ReadEveryNs))
        .Add("write_every", Time(link.WriteEveryNs, known.WriteEveryNs))
        .Number("core_reads", (ulong)link.CoreReads, (ulong)known.CoreReads));

    private static string? Core(CoreDescription core, CoreDescription known) => OrNull(new FlowMapping()
        .Number("reads", (ulong)core.Reads, (ulong)known.Reads)
        .Number("stream_reads", (ulong)core.StreamReads, (ulong)known.StreamReads)
        .Number("writes", (ulong)core.Writes, (ulong)known.Writes)
        .Number("lines", (ulong)core.Lines, (ulong)known.Lines));

    private static string? Time(double value, double known) => value.Equals(known) ? null : ScalarText.Nanoseconds(value);

    private static string? OrNull(FlowMapping mapping) => mapping.IsEmpty ? null : mapping.ToString();
}
