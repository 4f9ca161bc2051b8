using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>How much of a device's memory must be in use: memory of the system or of a dax device.</summary>
/// <param name="Location">Its place in the file.</param>
/// <param name="Device">The device's id.</param>
/// <param name="Size">That much, no more and no less.</param>
public sealed record ExpectedCapacity(SourceLocation Location, string Device, ByteSize Size);
