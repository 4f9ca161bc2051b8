namespace CxlSim.Platform;

/// <summary>A downstream port of a switch and what is plugged into it. Its device number is its place in the list.</summary>
public sealed record DownstreamPortDescription(byte PortNumber, PciChildDescription? Child);
