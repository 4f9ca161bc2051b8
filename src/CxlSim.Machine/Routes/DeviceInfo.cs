using CxlSim.Core;

namespace CxlSim.Machine;

/// <summary>A memory device of the machine, for views: what its user calls it and what it has.</summary>
/// <param name="Number">Its place among the machine's devices.</param>
/// <param name="Id">The name in the platform file.</param>
/// <param name="Address">Where software finds it now; null before buses have numbers.</param>
/// <param name="Capacity">Volatile and persistent together.</param>
/// <param name="Touched">Bytes of media that hold something.</param>
/// <param name="OffSwitch">What keeps its committed decoders from decoding; null where nothing does.</param>
public sealed record DeviceInfo(int Number, string Id, Bdf? Address, ByteSize Capacity, ByteSize Touched, string? OffSwitch = null);
