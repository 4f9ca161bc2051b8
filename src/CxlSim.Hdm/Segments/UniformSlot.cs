namespace CxlSim.Hdm;

/// <summary>A device's share of a segment.</summary>
/// <param name="Base">The DPA of the segment's first row.</param>
/// <param name="Target">The device's number.</param>
internal readonly record struct UniformSlot(ulong Base, ushort Target);
