using CxlSim.Core;

namespace CxlSim.Kernel;

/// <summary>A window that memory lies in, as the CEDT says of it.</summary>
/// <param name="Range">Its addresses.</param>
/// <param name="Ways">1 to 16.</param>
/// <param name="CfmwsOffset">Where its entry begins, in bytes of the table.</param>
public sealed record DaxWindow(AddressRange Range, int Ways, int CfmwsOffset);
