using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>A load or store of memory as one memory answers it: the bytes lie side by side there.</summary>
/// <param name="Address">The first byte, as a CPU issued it.</param>
/// <param name="Target">The device and its first byte; null for system memory, and where nothing answers.</param>
/// <param name="Length">Bytes.</param>
/// <param name="IsWrite">Whether it was a store.</param>
public sealed record MemoryAccess(Hpa Address, DataPathTarget? Target, int Length, bool IsWrite);
