using CxlSim.Engine;

namespace CxlSim.Timing;

/// <summary>A path from a host to a device, directly attached.</summary>
/// <param name="Rate">Of the link.</param>
/// <param name="Fixed">What an access takes on an idle path beside the time its messages are on the wire: host, link layers, controller and media together.</param>
/// <param name="DownstreamBuffer">How much the host hands to its side of the link at once; what comes later waits in the host, reads and writes in turn.</param>
public sealed record PathParameters(LinkRate Rate, SimDuration Fixed, SimDuration DownstreamBuffer);
