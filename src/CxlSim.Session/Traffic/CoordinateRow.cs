namespace CxlSim.Session;

/// <summary>A node's access coordinates of class 0, as sysfs has them, beside what was measured from the nearest socket.</summary>
/// <param name="Target">The node.</param>
/// <param name="KernelLatencyNs">Null where the kernel knows none.</param>
/// <param name="KernelMegabytesPerSecond">Null where the kernel knows none.</param>
/// <param name="LatencyNs">Idle, measured; null where something does not answer.</param>
/// <param name="MegabytesPerSecond">Reads, measured; null where something does not answer.</param>
public sealed record CoordinateRow(string Target, uint? KernelLatencyNs, uint? KernelMegabytesPerSecond, double? LatencyNs, double? MegabytesPerSecond);
