using CxlSim.Core;

namespace CxlSim.Platform;

/// <summary>A memory BAR of a function.</summary>
/// <param name="Index">0 to 5.</param>
/// <param name="Size">A power of two, at least 128 bytes.</param>
/// <param name="Is64Bit">Takes two BAR registers and may lie above 4 GiB.</param>
/// <param name="Prefetchable">May lie in a bridge's prefetchable window.</param>
public sealed record BarDescription(int Index, ByteSize Size, bool Is64Bit, bool Prefetchable);
