namespace CxlSim.Platform;

/// <summary>Which downstream port reports to which event collector (CXL r3.1 9.18.1.5).</summary>
/// <param name="Segment">PCI segment of the collector.</param>
/// <param name="Bdf">Of the collector: bus 15:8, device 7:3, function 2:0.</param>
/// <param name="Address">Of an RCRB, or of component registers.</param>
/// <param name="Protocol">0 CXL.io, 1 CXL.cache or CXL.mem.</param>
public sealed record RdpasDescription(ushort Segment, ushort Bdf, ulong Address, byte Protocol);
